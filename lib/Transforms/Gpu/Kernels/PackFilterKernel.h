//===- PackFilterKernel.h - Packing of a filter on a GPU --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_PACKFILTERKERNEL_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_PACKFILTERKERNEL_H

#include "../../Layers/Names.h"
#include "KernelFunction.h"

#include "tconv/IR/TconvOps.h"

namespace mlir::tconv {

/// Builds and launches the kernel of a pack_filter op on buffers, where the builder stands.
void emitPackFilterKernel(KernelBuilder &b, KernelModule &kernels, PackFilterOp op);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_PACKFILTERKERNEL_H
