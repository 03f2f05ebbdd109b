//===- Layer.h - A layer with its numbers --------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What tconv-explain explains: a transposed convolution of known sizes together with
// the values of its operands. Indices are logical, [n, c, spatial...], whatever the
// layout of the tensors in memory.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXPLAIN_LAYER_H
#define TCONV_EXPLAIN_LAYER_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Problem/Problem.h"
#include "tconv/Support/Result.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace tconv {

/// Positions along the spatial dimensions.
using Position = std::vector<int64_t>;

/// An element of x or of y.
struct ElementIndex {
  int64_t batch = 0;
  int64_t channel = 0;
  Position position;
};

struct Layer {
  Geometry geometry;
  /// [N, Ci, I...], or [N, I..., Ci] if `channelsLast`.
  HostTensor input;
  /// [Ci, Co/groups, K...]
  HostTensor filter;
  /// [Co]
  std::optional<HostTensor> bias;
  bool channelsLast = false;
  ZeroPoints zeroPoints = {};

  int64_t numSpatialDims() const { return static_cast<int64_t>(geometry.dims.size()); }
  /// Whether there are numbers to compute with. A layer of which only the sizes are
  /// known has operands without elements; everything but values can be explained.
  bool hasValues() const { return input.numElements() > 0 && filter.numElements() > 0; }
  /// \name Elements of the operands, less their zero points; 0 for a layer without values.
  /// @{
  double inputAt(const ElementIndex &index) const;
  /// The weight from input channel to output channel at a tap; both channels are
  /// counted over all groups and belong to the same one.
  double filterAt(int64_t inputChannel, int64_t outputChannel, const Position &tap) const;
  double biasAt(int64_t outputChannel) const;
  /// @}
};

/// A layer of these sizes and operands; an error if their shapes do not fit together.
/// The operands must have elements.
Result<Layer> createLayer(Geometry geometry, HostTensor input, HostTensor filter,
                          std::optional<HostTensor> bias, bool channelsLast);

/// A layer whose x is all ones and whose w counts from 1 in C order, to see where
/// everything goes. It has no values if they would be more than `maxSampleNumbers`.
Layer createSampleLayer(Geometry geometry);
constexpr int64_t maxSampleNumbers = int64_t(1) << 24;

/// x at an input element times w at a tap.
struct Term {
  ElementIndex input;
  Position tap;
  double x;
  double w;
};

/// What an output element is the sum of.
struct Contributions {
  ElementIndex output;
  double bias = 0;
  /// In the order of input channel, then input position, each in C order. The first
  /// ones if a limit was asked for.
  std::vector<Term> terms;
  /// How many further terms there are, and their sum.
  OperationCount unlisted = 0;
  double unlistedSum = 0;

  OperationCount count() const { return static_cast<OperationCount>(terms.size()) + unlisted; }
  /// The bias and all terms, listed or not, added in double.
  double sum() const;
};

/// The terms of one output element, by form 3: the taps of its phase. The output
/// index must lie inside y. At most `maxTerms` are listed.
Contributions contributionsTo(const Layer &layer, const ElementIndex &output,
                              int64_t maxTerms = std::numeric_limits<int64_t>::max());

} // namespace tconv

#endif // TCONV_EXPLAIN_LAYER_H
