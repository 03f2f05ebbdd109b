//===- AddPartsKernel.h - The parts of sums, added --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_ADDPARTSKERNEL_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_ADDPARTSKERNEL_H

#include "GpuKernelLayer.h"
#include "KernelFunction.h"

namespace mlir::tconv {

/// Builds and launches the kernel that adds the parts of each sum, which stand in a workspace
/// one y behind the other, always in the same order, and stores the elements of y.
void emitAddPartsKernel(KernelBuilder &b, KernelModule &kernels, const GpuKernelLayer &layer,
                        Value workspace);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_ADDPARTSKERNEL_H
