//===- DepthwiseKernel.h - A thread for neighbours in y ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_DEPTHWISEKERNEL_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_DEPTHWISEKERNEL_H

#include "GpuKernelLayer.h"
#include "KernelFunction.h"

namespace mlir::tconv {

/// Builds and launches the kernel of a layer of one input channel in a group. Each element of
/// x and w is used by few threads: memory is what takes time, and neighbouring threads
/// read and write neighbouring elements.
void emitDepthwiseKernel(KernelBuilder &b, KernelModule &kernels, const GpuKernelLayer &layer);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_DEPTHWISEKERNEL_H
