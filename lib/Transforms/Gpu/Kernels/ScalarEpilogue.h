//===- ScalarEpilogue.h - From a sum to an element of the result *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_SCALAREPILOGUE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_SCALAREPILOGUE_H

#include "KernelBuilder.h"

#include "tconv/IR/TconvOps.h"

namespace mlir::tconv {

/// The buffers that an op's epilogue reads, as arguments of a kernel: the bias if there is one,
/// then the neighbours.
SmallVector<Value> epilogueBuffers(KernelOp op);

/// What is stored for the sums of neighbouring channels of a pixel: adds the bias, applies the
/// region of the kernel, and rounds to the type of the result. `buffers` are the kernel's
/// arguments for `epilogueBuffers`, `channel` is the first channel, of all groups, and `position`
/// its position in y; both are multiples of the number of sums, a power of two.
SmallVector<Value> emitScalarEpilogue(KernelBuilder &b, KernelOp op, ArrayRef<Value> sums,
                                      ValueRange buffers, Value channel, Value position);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_SCALAREPILOGUE_H
