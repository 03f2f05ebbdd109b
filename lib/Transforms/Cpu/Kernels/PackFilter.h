//===- PackFilter.h - Packing of a filter at run time -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_PACKFILTER_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_PACKFILTER_H

#include "../../Layers/Emitter.h"

#include "tconv/IR/TconvOps.h"

namespace mlir {
class SymbolTable;
} // namespace mlir

namespace mlir::tconv {

/// Builds the loops of a pack_filter op on buffers. Those that write a transformed filter behind
/// the packed one are built by emitFilterTransform.
void emitPackFilter(Emitter &b, SymbolTable &symbols, PackFilterOp op);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_PACKFILTER_H
