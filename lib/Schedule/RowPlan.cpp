//===- RowPlan.cpp - The rows of a result, as data ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/RowPlan.h"

#include "TableLimits.h"
#include "Tuples.h"
#include "tconv/Support/Division.h"

#include <algorithm>
#include <map>
#include <tuple>

using namespace tconv;

namespace {

/// What one output position of an outer dimension is a sum over.
struct OuterTaps {
  size_t row = 0;      ///< the phase row
  int64_t numTaps = 0; ///< of that row, whether inside of x or not
  struct Tap {
    int64_t number;
    int64_t input;
  };
  std::vector<Tap> inside;
};

/// The taps of all outputs of an outer dimension.
std::vector<OuterTaps> tapsOf(const DimGeometry &dim) {
  const int64_t s = dim.attributes.stride, step = dim.attributes.inputStep();
  std::map<int64_t, int64_t> rows; // by their residues
  for (int64_t index = 0; index < dim.numRows(); ++index)
    rows[dim.row(index).residue] = index;
  std::vector<OuterTaps> outputs(static_cast<size_t>(dim.output));
  for (int64_t output = 0; output < dim.output; ++output) {
    const int64_t t = output + dim.attributes.paddingBegin;
    const int64_t q = floorDivide(t, s);
    auto found = rows.find(t - q * s);
    if (found == rows.end())
      continue;
    const PhaseRow row = dim.row(found->second);
    OuterTaps &taps = outputs[static_cast<size_t>(output)];
    taps.row = static_cast<size_t>(found->second);
    taps.numTaps = row.taps;
    const int64_t position = q + row.inputBase;
    const int64_t first = std::max<int64_t>(0, ceilDivide(position - dim.input + 1, step));
    const int64_t end = std::min(row.taps, floorDivide(position, step) + 1);
    for (int64_t tap = end - 1; tap >= first; --tap)
      taps.inside.push_back({tap, position - tap * step});
  }
  return outputs;
}

class RowPlanBuilder {
public:
  RowPlanBuilder(const Geometry &geometry, const Schedule &schedule)
      : geometry(geometry), packing(FilterPacking::create(geometry, schedule)),
        rowsPerBlock(std::max<int64_t>(1, schedule.blockPixels / geometry.dims.back().input)) {}

  RowPlan build() {
    std::vector<size_t> outputs;
    for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim) {
      outer.push_back(tapsOf(geometry.dims[dim]));
      outputs.push_back(outer.back().size());
    }
    forEachTuple(outputs, [&](const std::vector<size_t> &position) { addRow(position); });
    finishBlock();
    return std::move(plan);
  }

private:
  int64_t numRows() const { return static_cast<int64_t>(plan.rows.size()); }
  int64_t numInputs() const { return static_cast<int64_t>(plan.inputs.size()); }

  void finishBlock() {
    block.rowEnd = numRows();
    block.inputEnd = numInputs();
    plan.mostInputs = std::max(plan.mostInputs, block.inputEnd - block.inputBegin);
    plan.blocks.push_back(block);
    block.rowBegin = block.rowEnd;
    block.inputBegin = block.inputEnd;
    slots.clear();
  }

  /// The number of a row of x in the buffer of the current block.
  int64_t slotOf(int64_t input) {
    auto [entry, isNew] = slots.try_emplace(input, static_cast<int64_t>(slots.size()));
    if (isNew)
      plan.inputs.push_back(input);
    return entry->second;
  }

  void addRow(const std::vector<size_t> &position) {
    if (numRows() - block.rowBegin >= rowsPerBlock)
      finishBlock();
    std::vector<size_t> counts;
    for (size_t dim = 0; dim < position.size(); ++dim)
      counts.push_back(outer[dim][position[dim]].inside.size());
    const auto first = static_cast<int64_t>(plan.segments.size());
    forEachTuple(counts, [&](const std::vector<size_t> &tuple) { addSegment(position, tuple); });
    const auto number = static_cast<int64_t>(plan.rows.size());
    plan.rows.push_back(
        {number * geometry.dims.back().output, first, static_cast<int64_t>(plan.segments.size())});
  }

  void addSegment(const std::vector<size_t> &position, const std::vector<size_t> &tuple) {
    int64_t x = 0, tap = 0;
    size_t phase = 0;
    for (size_t dim = 0; dim < position.size(); ++dim) {
      const OuterTaps &taps = outer[dim][position[dim]];
      const OuterTaps::Tap &inside = taps.inside[tuple[dim]];
      x = x * geometry.dims[dim].input + inside.input;
      tap = tap * taps.numTaps + taps.numTaps - 1 - inside.number;
      phase = phase * static_cast<size_t>(geometry.dims[dim].numRows()) + taps.row;
    }
    const int64_t step = (packing.firstTaps[phase] + tap) * packing.stepsPerTap;
    plan.segments.push_back({slotOf(x * geometry.dims.back().input), step, packing.stepsPerTap});
  }

  const Geometry &geometry;
  FilterPacking packing;
  int64_t rowsPerBlock;
  std::vector<std::vector<OuterTaps>> outer; ///< by dimension and output
  RowPlan plan;
  RowBlock block{0, 0, 0, 0};
  std::map<int64_t, int64_t> slots;
};

} // namespace

Result<RowPlan> RowPlan::create(const Geometry &geometry, const Schedule &schedule) {
  if (Status status = checkRowTables(geometry, schedule); !status)
    return status.error();
  return RowPlanBuilder(geometry, schedule).build();
}

WidthPlan WidthPlan::create(const DimGeometry &innermost, const Schedule &schedule) {
  WidthPlan plan;
  const DimAttributes &dim = innermost.attributes;
  plan.positions = ceilDivide(innermost.output, dim.stride);
  for (int64_t index = 0; index < innermost.numRows(); ++index) {
    PhaseRow row = innermost.row(index);
    // Output s*p + residue is s*q + row.residue - pb.
    const int64_t offset = row.residue - dim.paddingBegin;
    const int64_t residue = offset - floorDivide(offset, dim.stride) * dim.stride;
    const int64_t q = (residue - offset) / dim.stride;
    for (int64_t tap = 0; tap < row.taps; ++tap)
      plan.taps.push_back(
          {row.firstTap + tap * dim.tapStep(), residue, q + row.inputBase - tap * dim.inputStep()});
  }
  std::sort(plan.taps.begin(), plan.taps.end(), [](const Tap &a, const Tap &b) {
    return std::tie(a.shift, a.kernel) < std::tie(b.shift, b.kernel);
  });
  const int64_t lanes = schedule.vectorLength;
  const int64_t covered = roundUp(plan.positions, lanes);
  plan.front = roundUp(std::max<int64_t>(0, -plan.taps.front().shift), lanes);
  const int64_t end = plan.front + covered + plan.taps.back().shift;
  plan.rowElements = roundUp(std::max(plan.front + innermost.input, end - plan.front), lanes);
  return plan;
}
