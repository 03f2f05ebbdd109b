//===- MatrixKernel.h - A layer as products of matrices ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_MATRIXKERNEL_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_MATRIXKERNEL_H

#include "GpuKernelLayer.h"
#include "KernelFunction.h"

namespace mlir::tconv {

/// Builds and launches the kernel of a layer whose schedule is mma, simt or wgmma, and the one that
/// adds the parts of its sums if they are cut. The builder stands at the layer.
void emitMatrixKernel(KernelBuilder &b, KernelModule &kernels, const GpuKernelLayer &layer);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_MATRIXKERNEL_H
