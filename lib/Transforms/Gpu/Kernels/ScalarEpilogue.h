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

/// Adds a bias (of the type of the result, or null) to a sum, applies the region of the
/// kernel, and rounds to the type of the result.
Value emitScalarEpilogue(KernelBuilder &b, KernelOp op, Value sum, Value bias);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_SCALAREPILOGUE_H
