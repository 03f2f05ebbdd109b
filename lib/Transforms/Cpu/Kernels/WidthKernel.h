//===- WidthKernel.h - Kernels over neighbouring positions ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHKERNEL_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHKERNEL_H

#include "KernelLayer.h"

#include "tconv/Schedule/RowPlan.h"

namespace mlir::tconv {

/// Builds the kernel of a layer of the family Width, x and y being channels first: a
/// parallel loop over blocks of rows; in a row, tiles of neighbouring positions, all
/// phases of the innermost dimension at once, interleaved as they are stored.
void emitWidthKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
                     const ::tconv::RowPlan &rows);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WIDTHKERNEL_H
