//===- ExpandMath.h - Functions of math as comparisons ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_EXPANDMATH_H
#define TCONV_LIB_TRANSFORMS_LAYERS_EXPANDMATH_H

#include "mlir/IR/Operation.h"

namespace mlir::tconv {

/// Replaces math.clampf, math.isinf and math.isnormal of numbers and vectors, which upstream lowers
/// neither for processors nor for GPUs, by comparisons.
void expandMath(Operation *root);

/// Keeps divisions of integers, but for indices, from ending the program: by 0, they give 0.
void guardDivisions(Operation *root);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_EXPANDMATH_H
