//===- Blocks.cpp - Small tables of numbers -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "Blocks.h"

#include "Format.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::explain;

namespace {

/// Larger tables are left out.
constexpr int64_t maxSide = 8;

using Rows = std::vector<std::vector<std::string>>;

/// The taps of one dimension in the order in which a table shows them.
using TapList = std::vector<int64_t>;

/// The rows of two tables side by side, with headings.
std::string twoTables(const std::string &leftTitle, const Rows &left, const std::string &rightTitle,
                      const Rows &right) {
  auto tableLines = [](const Rows &rows) {
    size_t width = 1;
    for (const std::vector<std::string> &row : rows)
      for (const std::string &cell : row)
        width = std::max(width, cell.size());
    std::vector<std::string> lines;
    for (const std::vector<std::string> &row : rows) {
      std::string &line = lines.emplace_back();
      for (const std::string &cell : row)
        line += "  " + std::string(width - cell.size(), ' ') + cell;
    }
    return lines;
  };
  std::vector<std::string> leftLines = tableLines(left), rightLines = tableLines(right);
  leftLines.insert(leftLines.begin(), "  " + leftTitle);
  rightLines.insert(rightLines.begin(), "  " + rightTitle);
  size_t width = 0;
  for (const std::string &line : leftLines)
    width = std::max(width, line.size());
  std::string text;
  for (size_t i = 0; i < leftLines.size(); ++i)
    text += "   " + leftLines[i] + std::string(width - leftLines[i].size() + 3, ' ') +
            rightLines[i] + "\n";
  return text;
}

/// Calls `cell` with every combination of the taps of one or two dimensions.
template <typename Cell> Rows tableOf(const std::vector<TapList> &taps, const Cell &cell) {
  Rows rows;
  if (taps.size() == 1) {
    rows.emplace_back();
    for (int64_t tap : taps[0])
      rows.back().push_back(cell(Position{tap}));
    return rows;
  }
  for (int64_t row : taps[0]) {
    rows.emplace_back();
    for (int64_t column : taps[1])
      rows.back().push_back(cell(Position{row, column}));
  }
  return rows;
}

/// What a tap reads for an output: the element's value, "." for an inserted zero and
/// "-" for one outside x.
std::string readText(const Layer &layer, const ElementIndex &output, const Position &tap) {
  ElementIndex input{output.batch, firstInputChannel(layer.geometry, output.channel), {}};
  bool inserted = false;
  for (size_t i = 0; i < tap.size(); ++i) {
    const DimGeometry &dim = layer.geometry.dims[i];
    const DimAttributes &a = dim.attributes;
    int64_t position = output.position[i] + a.paddingBegin - tap[i] * a.dilation;
    if (position < 0 || position > (dim.input - 1) * a.stride)
      return "-";
    inserted |= position % a.stride != 0;
    input.position.push_back(position / a.stride);
  }
  return inserted ? "." : formatNumber(layer.inputAt(input), layer.input.type());
}

std::string tapText(const Layer &layer, const ElementIndex &output, const Position &tap) {
  double value =
      layer.filterAt(firstInputChannel(layer.geometry, output.channel), output.channel, tap);
  return formatNumber(value, layer.filter.type());
}

bool drawable(const Layer &layer, const std::vector<TapList> &taps) {
  return layer.hasValues() && taps.size() <= 2 &&
         std::all_of(taps.begin(), taps.end(), [](const TapList &list) {
           return !list.empty() && static_cast<int64_t>(list.size()) <= maxSide;
         });
}

std::string readsAndTaps(const Layer &layer, const ElementIndex &output,
                         const std::vector<TapList> &taps, const std::string &readsTitle,
                         const std::string &tapsTitle) {
  if (!drawable(layer, taps))
    return "";
  auto reads = [&](const Position &tap) { return readText(layer, output, tap); };
  auto weights = [&](const Position &tap) { return tapText(layer, output, tap); };
  std::string channel = layer.geometry.inputChannels > layer.geometry.groups
                            ? "   (of the first input channel)\n"
                            : "";
  return channel + twoTables(readsTitle, tableOf(taps, reads), tapsTitle, tableOf(taps, weights));
}

} // namespace

int64_t explain::firstInputChannel(const Geometry &geometry, int64_t outputChannel) {
  return outputChannel / (geometry.outputChannels / geometry.groups) *
         (geometry.inputChannels / geometry.groups);
}

std::string explain::subKernelName(const Geometry &geometry, const std::vector<Phase> &phases) {
  std::string text;
  for (size_t dim = 0; dim < phases.size(); ++dim) {
    int64_t step = geometry.dims[dim].attributes.tapStep();
    std::string slice = std::to_string(phases[dim].firstTap);
    if (step == 1)
      slice = ":";
    else if (phases[dim].taps > 1)
      slice += "::" + std::to_string(step);
    text += (dim ? "," : "") + slice;
  }
  return "w[" + text + "]";
}

std::string explain::windowBlock(const Layer &layer, const ElementIndex &output) {
  std::vector<TapList> taps;
  for (const DimGeometry &dim : layer.geometry.dims) {
    TapList &list = taps.emplace_back();
    for (int64_t tap = std::min(dim.kernel, maxSide + 1); tap-- > 0;)
      list.push_back(tap);
  }
  return readsAndTaps(layer, output, taps, "zp there (.: inserted, -: padded)", "flipped kernel");
}

std::string explain::subKernelBlock(const Layer &layer, const ElementIndex &output) {
  std::vector<TapList> taps;
  for (size_t i = 0; i < layer.geometry.dims.size(); ++i) {
    const DimGeometry &dim = layer.geometry.dims[i];
    Phase phase = phaseOf(dim, output.position[i]);
    TapList &list = taps.emplace_back();
    for (int64_t j = 0; j < std::min(phase.taps, maxSide + 1); ++j)
      list.push_back(phase.firstTap + j * dim.attributes.tapStep());
  }
  return readsAndTaps(layer, output, taps, "x where they read (-: outside)", "sub-kernel");
}
