//===- Upsampling.h - Convolutions of repeated elements -------------*- C++ -*===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upsampling to the nearest element repeats each one `f` times along a dimension. With
// `u[j] = x[floor(j/f)]`, and `t` for what is left of `j`,
//
//   y[o] = sum over k of u[o + k - p] * w[k] = sum over i and t of x[i] * w[f*i + t + p - o],
//
// which is a convolution over x with f - 1 zeros between its elements, by a filter of
// K + f - 1 taps, each the sum of f of w: of 3 taps, twice the size, 2 multiplications are
// left of 3 in each dimension.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_UPSAMPLING_H
#define TCONV_TRANSFORMS_RAISE_UPSAMPLING_H

#include "ConvolutionForm.h"

namespace mlir::tconv {

/// Turns a convolution of stride 1, whose filter operand is `filter`, over elements that
/// are repeated along spatial dimensions into one over the elements among zeros. False, and
/// nothing done, if nothing is repeated, or the sums of the filter cannot be told.
bool foldUpsampling(OpBuilder &builder, Location loc, Value filter, ConvolutionForm &form);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_UPSAMPLING_H
