//===- DescribeLayer.cpp - A layer in words -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sizes, counts and borders: everything that does not depend on values.
//
//===----------------------------------------------------------------------===//

#include "Format.h"
#include "Reach.h"
#include "tconv/Explain/Describe.h"
#include "tconv/Problem/Descriptor.h"

#include <algorithm>
#include <functional>
#include <numeric>

using namespace tconv;
using namespace tconv::explain;

namespace {

/// Counting takes a step per tap or per element of x; beyond this many it is left out.
constexpr int64_t maxSteps = int64_t(1) << 24;

bool countable(const Geometry &geometry) {
  return std::all_of(geometry.dims.begin(), geometry.dims.end(), [](const DimGeometry &dim) {
    return std::min(dim.kernel, dim.input) <= maxSteps && dim.kernel <= maxSteps;
  });
}

bool sameDim(const DimGeometry &a, const DimGeometry &b) {
  const DimAttributes &p = a.attributes, &q = b.attributes;
  return a.input == b.input && a.kernel == b.kernel && p.stride == q.stride &&
         p.paddingBegin == q.paddingBegin && p.paddingEnd == q.paddingEnd &&
         p.dilation == q.dilation && p.outputPadding == q.outputPadding;
}

/// A line per spatial dimension, or a single one if the dimensions are alike.
std::string linePerDim(const Geometry &geometry,
                       const std::function<std::string(const DimGeometry &)> &line) {
  const auto dims = static_cast<int64_t>(geometry.dims.size());
  const DimGeometry &first = geometry.dims[0];
  bool alike = std::all_of(geometry.dims.begin(), geometry.dims.end(),
                           [&](const DimGeometry &dim) { return sameDim(dim, first); });
  if (alike && dims == 1)
    return "  " + line(first) + "\n";
  if (alike)
    return "  each dimension: " + line(first) + "\n";
  std::string text;
  for (int64_t dim = 0; dim < dims; ++dim)
    text += "  " + dimName(dim, dims) + "s: " + line(geometry.dims[dim]) + "\n";
  return text;
}

std::string shapeText(int64_t first, int64_t second, const Geometry &geometry,
                      int64_t DimGeometry::*size) {
  std::vector<int64_t> shape{first, second};
  for (const DimGeometry &dim : geometry.dims)
    shape.push_back(dim.*size);
  return "[" + joinNumbers(shape, ", ") + "]";
}

std::string describeSizes(const Layer &layer) {
  const Geometry &g = layer.geometry;
  std::string text = "layer: " + formatDescriptor(g) + "\n";
  text += "  x" + shapeText(g.batch, g.inputChannels, g, &DimGeometry::input) + " and w" +
          shapeText(g.inputChannels, g.outputChannels / g.groups, g, &DimGeometry::kernel) +
          " give y" + shapeText(g.batch, g.outputChannels, g, &DimGeometry::output) + "\n";
  if (const ZeroPoints &zero = layer.zeroPoints; !zero.areDefault())
    text += "  bytes of x, " + std::string(zero.inputUnsigned ? "unsigned, " : "") + "less " +
            std::to_string(zero.input) + ", and of w less " + std::to_string(zero.filter) +
            ": these are the x and w below\n";
  text += "\noutput size O:\n";
  return text + linePerDim(g, [](const DimGeometry &dim) {
           return describeOutputSize(dim.input, dim.kernel, dim.attributes);
         });
}

std::string describeCounts(const Geometry &geometry) {
  std::string text = "\nmultiply-adds:\n";
  text += "  " + formatCount(geometry.zeroInsertionMultiplyAdds()) +
          " over the zero-inserted and padded input\n";
  if (!countable(geometry))
    return text + "  (the useful ones are not counted for sizes this large)\n";
  text += "  " + formatCount(geometry.usefulMultiplyAdds()) +
          " of them with an element of x, the others with a zero\n";
  int64_t phases = geometry.numPhases();
  return text + "  in " + plural(phases, "phase") + ", each an ordinary convolution of x\n";
}

/// Bytes of x, w and y, each read or written once: no schedule moves fewer.
std::string describeBytes(const Layer &layer) {
  const Geometry &geometry = layer.geometry;
  OperationCount x = OperationCount(geometry.batch) * geometry.inputChannels;
  OperationCount w =
      OperationCount(geometry.inputChannels) * (geometry.outputChannels / geometry.groups);
  OperationCount y = OperationCount(geometry.batch) * geometry.outputChannels;
  for (const DimGeometry &dim : geometry.dims) {
    x *= OperationCount(dim.input);
    w *= OperationCount(dim.kernel);
    y *= OperationCount(dim.output);
  }
  ElementType type = layer.hasValues() ? layer.input.type() : ElementType::F32;
  ElementType resultType = type == ElementType::I8 ? ElementType::I32 : type;
  x *= OperationCount(byteSize(type));
  w *= OperationCount(byteSize(type));
  y *= OperationCount(byteSize(resultType));
  return "\nbytes moved at least: " + formatCount(x) + " of x + " + formatCount(w) + " of w + " +
         formatCount(y) + " of y = " + formatCount(x + w + y) + "\n";
}

/// "cuts 1 in front and 2 behind"; negative padding adds.
std::string cutText(const DimAttributes &dim) {
  auto part = [](int64_t amount, const std::string &where) {
    return (amount < 0 ? "adds " + std::to_string(-amount) : "cuts " + std::to_string(amount)) +
           where;
  };
  return part(dim.paddingBegin, " in front and ") +
         (dim.paddingBegin >= 0 && dim.paddingEnd >= 0 ? std::to_string(dim.paddingEnd) + " behind"
                                                       : part(dim.paddingEnd, " behind"));
}

std::string describePadding(const Geometry &geometry) {
  std::string text =
      "\npadding cuts the full result of (I - 1)*s + d*(K - 1) + 1 elements; it does "
      "not enlarge anything:\n";
  text += linePerDim(geometry, [](const DimGeometry &dim) {
    const DimAttributes &a = dim.attributes;
    return "full result " + std::to_string(fullSize(dim)) + ", padding " + cutText(a) +
           (a.outputPadding ? ", output padding adds " + std::to_string(a.outputPadding) + " behind"
                            : "") +
           ", which leaves " + std::to_string(dim.output);
  });
  text += "the zero-inserted input is padded by d*(K - 1) - pb in front and d*(K - 1) - pe + op "
          "behind (negative: cropped):\n";
  return text + linePerDim(geometry, [](const DimGeometry &dim) {
           return std::to_string(zeroFront(dim)) + " in front, " + std::to_string(zeroBack(dim)) +
                  " behind, so that " +
                  std::to_string((dim.input - 1) * dim.attributes.stride + 1) + " become " +
                  std::to_string(dim.insertion().paddedSize);
         });
}

/// The residues r of (o + pb) mod s that no tap reaches: "1 and 3".
std::string residuesWithoutTaps(const DimGeometry &dim) {
  constexpr int64_t maxListed = 8;
  const int64_t stride = dim.attributes.stride;
  std::vector<std::string> residues;
  for (int64_t r = 0; r < stride && static_cast<int64_t>(residues.size()) <= maxListed; ++r)
    if (!firstTapOf(dim, r))
      residues.push_back(std::to_string(r));
  if (static_cast<int64_t>(residues.size()) > maxListed)
    residues.back() = "... (" + std::to_string(stride - dim.numRows()) + " in all)";
  std::string text;
  for (const std::string &residue : residues)
    text += (text.empty() ? "" : ", ") + residue;
  return text;
}

std::string describeMissed(const DimGeometry &dim) {
  int64_t missed = dim.output - countReached(dim);
  if (missed == 0)
    return "all " + std::to_string(dim.output) + " are reached";
  std::string text = std::to_string(missed) + " of " + std::to_string(dim.output) + " not reached";
  std::string residues = residuesWithoutTaps(dim);
  if (!residues.empty())
    return text + "; no tap reaches (o + pb) mod s = " + residues;
  return text + ", though every residue has taps: they read outside x";
}

std::string describeUnreached(const Layer &layer) {
  const Geometry &geometry = layer.geometry;
  std::string text = "\noutput elements that get no contribution";
  if (!countable(geometry))
    return text + ": not counted for sizes this large\n";
  OperationCount all = 1, reached = 1;
  for (const DimGeometry &dim : geometry.dims) {
    all *= OperationCount(dim.output);
    reached *= OperationCount(countReached(dim));
  }
  if (all == reached)
    return text + ": none\n";
  text += " (" + std::string(layer.bias ? "the bias alone" : "0") +
          "): " + formatCount(all - reached) + " of " + formatCount(all) +
          (geometry.batch > 1 || geometry.outputChannels > 1 ? " in each channel" : "") + "\n";
  return text + linePerDim(geometry, describeMissed);
}

} // namespace

std::string tconv::describeLayer(const Layer &layer) {
  return describeSizes(layer) + describeCounts(layer.geometry) + describeBytes(layer) +
         describePadding(layer.geometry) + describeUnreached(layer);
}
