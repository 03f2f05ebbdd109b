//===- Plane.cpp - The part of a layer that is drawn ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "Plane.h"

#include "Blocks.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

/// More terms than this are neither listed nor drawn.
constexpr int64_t maxTerms = 64;

/// The slices of x and w of one leading dimension: what the first term reads or, where
/// there is none, what lies nearest.
Read leadingRead(const DimGeometry &dim, int64_t output) {
  Phase phase = phaseOf(dim, output);
  if (phase.numReads() > 0)
    return readsOf(dim, phase, 1).front();
  return {0, std::clamp<int64_t>(phase.q, 0, dim.input - 1)};
}

} // namespace

Plane::Plane(const Layer &layer, const ElementIndex &at)
    : layer(layer), names(layer), at(at), contributions(contributionsTo(layer, at, maxTerms)),
      inputChannel(firstInputChannel(layer.geometry, at.channel)) {
  const std::vector<DimGeometry> &all = layer.geometry.dims;
  dims[1] = all.back();
  bool reachable = true;
  for (size_t dim = 0; dim + 2 < all.size(); ++dim) {
    Read read = leadingRead(all[dim], at.position[dim]);
    leadingInput.push_back(read.input);
    leadingTap.push_back(read.tap);
    leadingOutput.push_back(at.position[dim]);
    reachable &= phaseOf(all[dim], at.position[dim]).numReads() > 0;
  }
  if (hasRows()) {
    dims[0] = all[all.size() - 2];
    chosen.row = at.position[all.size() - 2];
  }
  chosen.column = at.position.back();
  phases[0] = phaseOf(dims[0], chosen.row);
  phases[1] = phaseOf(dims[1], chosen.column);
  if (!reachable)
    return;
  std::vector<Read> columns = readsOf(dims[1], phases[1], maxTerms);
  for (const Read &row : readsOf(dims[0], phases[0], maxTerms))
    for (const Read &column : columns)
      if (static_cast<int64_t>(terms.size()) < maxTerms)
        terms.push_back({{row.input, column.input}, {row.tap, column.tap}});
}

Position Plane::spatial(const Position &leading, const Cell &cell) const {
  Position position = leading;
  if (hasRows())
    position.push_back(cell.row);
  position.push_back(cell.column);
  return position;
}

ElementIndex Plane::input(const Cell &cell) const {
  return {at.batch, inputChannel, spatial(leadingInput, cell)};
}

Position Plane::tap(const Cell &cell) const { return spatial(leadingTap, cell); }

ElementIndex Plane::output(const Cell &cell) const {
  return {at.batch, at.channel, spatial(leadingOutput, cell)};
}

std::string Plane::nameW(const Cell &cell) const {
  return names.w(inputChannel, at.channel, tap(cell));
}

std::string Plane::x(const Cell &cell, size_t width) const {
  return layer.hasValues() ? formatNarrow(layer.inputAt(input(cell)), layer.input.type(), width)
                           : "";
}

std::string Plane::w(const Cell &cell, size_t width) const {
  return layer.hasValues() ? formatNarrow(layer.filterAt(inputChannel, at.channel, tap(cell)),
                                          layer.filter.type(), width)
                           : "";
}

std::string Plane::y(const Cell &cell, size_t width) const {
  // A drawing has some hundred cells; their sums must not take noticeable time.
  constexpr OperationCount maxTermsPerCell = 1 << 14;
  if (!layer.hasValues() || contributions.count() > maxTermsPerCell)
    return "";
  return formatNarrow(contributionsTo(layer, output(cell), 0).sum(), resultType(layer), width);
}

std::string Plane::product(const Cell &input, const Cell &tap, size_t width) const {
  Term product = term({input, tap});
  return layer.hasValues() ? formatNarrow(product.x * product.w, resultType(layer), width) : "";
}

Term Plane::term(const PlaneTerm &term) const {
  ElementIndex index = input(term.input);
  return {index, tap(term.tap), layer.inputAt(index),
          layer.filterAt(inputChannel, at.channel, tap(term.tap))};
}

std::vector<std::string> Plane::omissions() const {
  std::vector<std::string> sentences;
  const Geometry &geometry = layer.geometry;
  if (!leadingOutput.empty())
    sentences.push_back("Drawn: the slice of y at depth " + joinNumbers(leadingOutput, ",") +
                        ", of x at depth " + joinNumbers(leadingInput, ",") + ", of w at depth " +
                        joinNumbers(leadingTap, ",") + ".");
  if (geometry.inputChannels > 1 || geometry.outputChannels > 1 || geometry.batch > 1)
    sentences.push_back("Drawn: input channel " + std::to_string(inputChannel) +
                        ", output channel " + std::to_string(at.channel) + ", batch " +
                        std::to_string(at.batch) + "; y is the sum over all input channels" +
                        (geometry.groups > 1 ? " of the group." : "."));
  OperationCount others = contributions.count() - OperationCount(terms.size());
  if (others > 0)
    sentences.push_back(formatCount(others) + " of the " + formatCount(contributions.count()) +
                        " terms of the chosen element are not in the picture.");
  if (layer.bias)
    sentences.push_back("The bias " + formatNumber(contributions.bias, resultType(layer)) +
                        " is added to every element of the channel.");
  if (!layer.hasValues())
    sentences.emplace_back("Only the sizes of the layer are known, so no values are shown.");
  return sentences;
}
