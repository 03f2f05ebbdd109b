//===- Excerpt.cpp - The part of a layer that a page can hold -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Cuts away batches, then groups, output channels, input channels and last the borders
// of x and w, until the rest fits.
//
//===----------------------------------------------------------------------===//

#include "Excerpt.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr OperationCount maxNumbers = 4096;
constexpr OperationCount maxMultiplyAdds = 1e6;
/// Sizes of x and of w that fit in every dimension, by the number of dimensions.
constexpr int64_t maxSide[] = {0, 900, 30, 9, 5, 3, 3};

OperationCount count(const Range &range) { return OperationCount(range.size()); }

OperationCount volume(const std::vector<Range> &ranges) {
  OperationCount product = 1;
  for (const Range &range : ranges)
    product *= count(range);
  return product;
}

/// Multiply-adds are counted with borders that are not cut, so that nothing has to be solved.
bool fits(const Excerpt &e) {
  OperationCount x = count(e.batch) * count(e.inputChannels) * volume(e.input);
  OperationCount taps = count(e.filterOutputs) * volume(e.kernel);
  return x <= maxNumbers && count(e.inputChannels) * taps <= maxNumbers &&
         x * taps <= maxMultiplyAdds;
}

Range one(int64_t index) { return {index, index + 1}; }

void keepOneGroup(Excerpt &excerpt, const Geometry &geometry, int64_t channel) {
  int64_t outputs = geometry.outputChannels / geometry.groups;
  int64_t inputs = geometry.inputChannels / geometry.groups;
  int64_t group = channel / outputs;
  excerpt.outputChannels = {group * outputs, (group + 1) * outputs};
  excerpt.inputChannels = {group * inputs, (group + 1) * inputs};
}

void keepOneOutputChannel(Excerpt &excerpt, const Geometry &geometry, int64_t channel) {
  excerpt.outputChannels = one(channel);
  excerpt.filterOutputs = one(channel % (geometry.outputChannels / geometry.groups));
}

/// As many of the first input channels as fit, at least one.
void keepFewInputChannels(Excerpt &excerpt) {
  Range &channels = excerpt.inputChannels;
  while (channels.size() > 1 && !fits(excerpt))
    channels.end = channels.begin + channels.size() / 2;
}

/// Cuts x and w around the middle of what an output reads.
void cutDim(const DimGeometry &dim, int64_t output, int64_t side, Range &input, Range &kernel) {
  const DimAttributes &a = dim.attributes;
  const int64_t t = output + a.paddingBegin;
  // t - k*d = i*s for the taps k in [0, K)
  int64_t last = std::clamp<int64_t>(t / a.stride, 0, dim.input - 1);
  int64_t first = std::clamp<int64_t>((t - a.dilation * (dim.kernel - 1)) / a.stride, 0, last);
  int64_t middle = (first + last) / 2;
  input = windowOf(input, middle, side);
  kernel = windowOf(kernel, (t - middle * a.stride) / a.dilation, side);
}

Excerpt wholeLayer(const Geometry &geometry) {
  Excerpt whole;
  whole.batch = {0, geometry.batch};
  whole.inputChannels = {0, geometry.inputChannels};
  whole.outputChannels = {0, geometry.outputChannels};
  whole.filterOutputs = {0, geometry.outputChannels / geometry.groups};
  for (const DimGeometry &dim : geometry.dims) {
    whole.input.push_back({0, dim.input});
    whole.kernel.push_back({0, dim.kernel});
  }
  return whole;
}

} // namespace

Excerpt explain::excerptFor(const Geometry &geometry, const ElementIndex &at) {
  Excerpt excerpt = wholeLayer(geometry);
  excerpt.isWhole = fits(excerpt);
  if (!fits(excerpt))
    excerpt.batch = one(at.batch);
  if (!fits(excerpt))
    keepOneGroup(excerpt, geometry, at.channel);
  if (!fits(excerpt))
    keepOneOutputChannel(excerpt, geometry, at.channel);
  keepFewInputChannels(excerpt);
  if (!fits(excerpt))
    for (size_t dim = 0; dim < geometry.dims.size(); ++dim)
      cutDim(geometry.dims[dim], at.position[dim],
             maxSide[std::min(geometry.dims.size(), std::size(maxSide) - 1)], excerpt.input[dim],
             excerpt.kernel[dim]);
  return excerpt;
}
