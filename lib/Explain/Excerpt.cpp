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

#include "Format.h"
#include "Reach.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

constexpr OperationCount maxNumbers = 4096;
constexpr OperationCount maxMultiplyAdds = 1e6;
/// Sizes of x and of w that fit in every dimension, by the number of dimensions.
constexpr int64_t maxSide[] = {0, 900, 30, 9, 5, 3, 3};

OperationCount volume(const Geometry &geometry, int64_t DimGeometry::*size) {
  OperationCount product = 1;
  for (const DimGeometry &dim : geometry.dims)
    product *= OperationCount(dim.*size);
  return product;
}

/// Multiply-adds, borders not cut, so that nothing has to be counted.
OperationCount multiplyAdds(const Geometry &g) {
  return OperationCount(g.batch) * OperationCount(g.inputChannels) *
         OperationCount(g.outputChannels / g.groups) * volume(g, &DimGeometry::input) *
         volume(g, &DimGeometry::kernel);
}

bool fits(const Geometry &g) {
  OperationCount x =
      OperationCount(g.batch) * OperationCount(g.inputChannels) * volume(g, &DimGeometry::input);
  OperationCount w = OperationCount(g.inputChannels) * OperationCount(g.outputChannels / g.groups) *
                     volume(g, &DimGeometry::kernel);
  return x <= maxNumbers && w <= maxNumbers && multiplyAdds(g) <= maxMultiplyAdds;
}

void keepOneBatch(Excerpt &excerpt, const ElementIndex &at) {
  excerpt.geometry.batch = 1;
  excerpt.firstBatch = at.batch;
  excerpt.at.batch = 0;
}

void keepOneGroup(Excerpt &excerpt, const ElementIndex &at) {
  Geometry &g = excerpt.geometry;
  int64_t outputs = g.outputChannels / g.groups, inputs = g.inputChannels / g.groups;
  excerpt.firstOutputChannel = at.channel / outputs * outputs;
  excerpt.firstInputChannel = at.channel / outputs * inputs;
  excerpt.at.channel = at.channel % outputs;
  g.groups = 1;
  g.outputChannels = outputs;
  g.inputChannels = inputs;
}

void keepOneOutputChannel(Excerpt &excerpt, const ElementIndex &at) {
  excerpt.geometry.outputChannels = 1;
  excerpt.firstOutputChannel = at.channel;
  excerpt.at.channel = 0;
}

/// As many of the first input channels as fit, at least one.
void keepFewInputChannels(Excerpt &excerpt) {
  int64_t &channels = excerpt.geometry.inputChannels;
  while (channels > 1 && !fits(excerpt.geometry))
    channels /= 2;
}

/// Cuts x around what the chosen element reads, and w to its first taps.
void cutDim(DimGeometry &dim, int64_t &firstInput, int64_t &at, int64_t side) {
  DimAttributes &a = dim.attributes;
  Phase phase = phaseOf(dim, at);
  int64_t input = std::min(dim.input, side);
  // Half of the window before the last element that is read.
  int64_t last = phase.numReads() > 0 ? phase.firstInput - phase.begin * a.inputStep() : phase.q;
  firstInput = std::clamp<int64_t>(last - input / 2, 0, dim.input - input);
  dim.input = input;
  dim.kernel = std::min(dim.kernel, side);
  std::optional<int64_t> output = computeOutputSize(dim.input, dim.kernel, a);
  if (!output || *output < 1) {
    a.paddingBegin = a.paddingEnd = a.outputPadding = 0;
    output = computeOutputSize(dim.input, dim.kernel, a);
  }
  dim.output = output.value_or(1);
  at = std::clamp<int64_t>(at - firstInput * a.stride, 0, dim.output - 1);
}

/// "511 of 512 input channels" to `list`, if it is more than none.
void appendLeftOut(std::string &list, int64_t kept, int64_t all, const std::string &what) {
  if (kept < all)
    list += (list.empty() ? "" : ", ") + std::to_string(all - kept) + " of " + std::to_string(all) +
            " " + what;
}

std::string whatIsLeftOut(const Geometry &all, const Geometry &kept) {
  std::string list;
  appendLeftOut(list, kept.batch, all.batch, "images of the batch");
  appendLeftOut(list, kept.groups, all.groups, "groups");
  appendLeftOut(list, kept.inputChannels, all.inputChannels, "input channels");
  appendLeftOut(list, kept.outputChannels, all.outputChannels, "output channels");
  const auto dims = static_cast<int64_t>(all.dims.size());
  for (int64_t dim = 0; dim < dims; ++dim) {
    std::string name = dimName(dim, dims) + "s";
    appendLeftOut(list, kept.dims[dim].input, all.dims[dim].input, name + " of x");
    appendLeftOut(list, kept.dims[dim].kernel, all.dims[dim].kernel, name + " of w");
  }
  return list;
}

} // namespace

Excerpt explain::excerptFor(const Layer &layer, const ElementIndex &at) {
  Excerpt excerpt{layer.geometry, 0, 0, 0, Position(layer.geometry.dims.size(), 0), at, ""};
  Geometry &g = excerpt.geometry;
  if (!fits(g))
    keepOneBatch(excerpt, at);
  if (!fits(g))
    keepOneGroup(excerpt, at);
  if (!fits(g))
    keepOneOutputChannel(excerpt, at);
  keepFewInputChannels(excerpt);
  if (!fits(g))
    for (size_t dim = 0; dim < g.dims.size(); ++dim)
      cutDim(g.dims[dim], excerpt.firstInput[dim], excerpt.at.position[dim],
             maxSide[std::min(g.dims.size(), std::size(maxSide) - 1)]);
  excerpt.omitted = whatIsLeftOut(layer.geometry, g);
  return excerpt;
}
