//===- Problem.h - A layer of known sizes, without its numbers ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that tells one transposed convolution of static sizes from another.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PROBLEM_PROBLEM_H
#define TCONV_PROBLEM_PROBLEM_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/HostTensor/ElementType.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tconv {

/// Where the channels of x and y are in memory.
enum class TensorLayout { ChannelsFirst, ChannelsLast };

/// How bytes of I8 operands are read: as what they are less a zero point.
struct ZeroPoints {
  int64_t input = 0;
  int64_t filter = 0;
  bool inputUnsigned = false; ///< bytes of x are from 0 to 255

  bool areDefault() const { return input == 0 && filter == 0 && !inputUnsigned; }
  /// What is subtracted from the bytes of x as unsigned numbers, signed ones being shifted by 128.
  int64_t unsignedInput() const { return inputUnsigned ? input : input + 128; }
};

struct Problem {
  Geometry geometry;
  bool bias = false;
  TensorLayout layout = TensorLayout::ChannelsFirst;
  /// Of x and w. Bias and y have `resultType`.
  ElementType type = ElementType::F32;
  ZeroPoints zeroPoints = {};

  bool channelsLast() const { return layout == TensorLayout::ChannelsLast; }
  /// The type itself, or I32 for I8.
  ElementType resultType() const;
  /// \name Shapes of the operands and the result, in the layout of the problem.
  /// @{
  std::vector<int64_t> inputShape() const;
  std::vector<int64_t> filterShape() const;
  std::vector<int64_t> biasShape() const;
  std::vector<int64_t> outputShape() const;
  /// @}

  /// Two for each useful multiply-add: those of inserted zeros, and those that the
  /// borders cut off, do not count.
  double usefulOperations() const;
  /// The bytes of x, w, b and y, each counted once.
  double bytes() const;
};

/// Bytes of a sum of products of a type: of f64 for F64, of i32 for I8, of f32 for the others.
int64_t sumByteSize(ElementType type);

/// A module with the layer in @main, whose arguments are x, w and, if there is one, b.
/// With `constantWeights`, w and b are marked as the same in every run.
std::string moduleText(const Problem &problem, bool constantWeights = false);

} // namespace tconv

#endif // TCONV_PROBLEM_PROBLEM_H
