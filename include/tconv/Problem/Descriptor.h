//===- Descriptor.h - Layers written in one line ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer as a line of text, for command lines, lists of layers and repro lines:
// "n1 ci512 co256 i8x8 k4x4 s2 p1 d1 op0 g1".
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_PROBLEM_DESCRIPTOR_H
#define TCONV_PROBLEM_DESCRIPTOR_H

#include "tconv/HostTensor/ElementType.h"
#include "tconv/Problem/Problem.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tconv {

/// What a descriptor says; one entry of `input`, `kernel` and `attributes` per spatial
/// dimension.
struct ProblemDescriptor {
  int64_t batch = 1;
  int64_t inputChannels = 1;
  int64_t outputChannels = 1;
  int64_t groups = 1;
  std::vector<int64_t> input;
  std::vector<int64_t> kernel;
  std::vector<DimAttributes> attributes;
  /// The sizes that the output is expected to have; empty if nothing is said.
  std::vector<int64_t> output;
  bool bias = false;
  /// Nothing if the descriptor leaves the choice to who reads it.
  std::optional<TensorLayout> layout;
  ElementType type = ElementType::F32;
  ZeroPoints zeroPoints = {};
};

/// Parses tokens separated by blanks, in any order: the sizes i and k, both required,
/// the batch n, channels ci and co, groups g, stride s, padding p, dilation d, output
/// padding op and the output's size o, which follows from the others and is only
/// checked. i, o, k, s, p, d and op take a number per spatial dimension, as in i8x16,
/// or one for all of them; i, o or k says how many dimensions there are, 1 to 3. p1:2
/// pads by 1 at the begin and 2 at the end; padding may be negative. Words without
/// numbers: b for a bias, cf or cl for channels first or last, and the element type
/// (f32 if there is none, or f64, f16, bf16, int8; uint8 for an unsigned input). Bytes have
/// the zero points zx and zw, of the input and the filter.
///
/// The numbers are checked one by one; `createProblem` checks how they fit together.
Result<ProblemDescriptor> parseDescriptor(std::string_view text);

/// The layer that is described; an error if the groups do not divide the channels, if
/// an output padding is too large, or if the output is empty or not the size asked
/// for. Channels come first unless the descriptor says otherwise.
Result<Problem> createProblem(const ProblemDescriptor &descriptor);

/// The descriptor of sizes and attributes, which parses to the same.
std::string formatDescriptor(const Geometry &geometry);

/// The descriptor of a layer, with everything that distinguishes it from others.
std::string formatDescriptor(const Problem &problem);

} // namespace tconv

#endif // TCONV_PROBLEM_DESCRIPTOR_H
