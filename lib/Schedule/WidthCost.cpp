//===- WidthCost.cpp - Estimated time of kernels over the width -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile of the family Width takes, for each input channel of each row of x that it reads, the time
// of its products, its loads or the latency of its sums, whichever is longest; rows of x are copied
// to a buffer first, and results are interleaved as they are stored. Times are in cycles of one
// core, as in TileCost.cpp.
//
// Test: unittests/Schedule/SelectScheduleTest.cpp
//
//===----------------------------------------------------------------------===//

#include "TileCost.h"

#include "tconv/Schedule/RowPlan.h"
#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

/// What copying a vector of x costs, starting a row of it, and a vector of results, in
/// cycles (measured on Zen 3, x in the third cache).
constexpr double copyCycles = 3, copyRowOverhead = 8, storeCycles = 3;
/// Latency of a multiply-add, and what a tile costs to start, in cycles (Zen 3, as in
/// TileCost.cpp).
constexpr double latency = 4, tileOverhead = 30;

/// How often a row of x is copied, for each outer dimension: neighbouring tasks both copy those
/// between them (an average that is assumed, not measured).
constexpr double copiesOfRow = 1.25;

/// Loads that a vector of x takes, as it begins anywhere: one of 64 bytes always lies in
/// two cache lines, one of 32 in half of the cases.
double loadsPerVector(const TargetCpu &target) { return target.vectorBytes == 64 ? 2 : 1.3; }

int64_t numShifts(const WidthPlan &plan) {
  int64_t shifts = 1;
  for (size_t tap = 1; tap < plan.taps.size(); ++tap)
    shifts += plan.taps[tap].shift != plan.taps[tap - 1].shift;
  return shifts;
}

struct WidthCost {
  const Schedule &schedule;
  const TargetCpu &target;
  int64_t stride;
  double taps;
  double shifts;

  /// One input channel of one row of x, for a tile.
  double step(int64_t channels, int64_t vectors) const {
    const double products = taps * double(channels * vectors);
    const double loads = taps * double(channels) * target.loads / target.broadcasts +
                         shifts * double(vectors) * loadsPerVector(target);
    return std::max(
        {products / target.multiplyAdds, loads / target.loads, latency * taps / double(stride)});
  }
};

} // namespace

double tconv::estimateWidthCycles(const Geometry &geometry, const Schedule &schedule,
                                  const TargetCpu &target) {
  const DimGeometry &dim = geometry.dims.back();
  WidthPlan plan = WidthPlan::create(dim, schedule);
  const int64_t channels = geometry.outputChannels / geometry.groups;
  const double inputs = double(geometry.inputChannels) / double(geometry.groups);
  double segments = double(geometry.batch * geometry.groups), rows = segments, inputRows = segments;
  for (size_t outer = 0; outer + 1 < geometry.dims.size(); ++outer) {
    segments *= double(geometry.dims[outer].pairsInside());
    rows *= double(geometry.dims[outer].output);
    inputRows *= double(geometry.dims[outer].input) * copiesOfRow;
  }
  WidthCost cost{schedule, target, dim.attributes.stride, double(plan.taps.size()),
                 double(numShifts(plan))};
  const int64_t vectors = ceilDivide(plan.positions, schedule.vectorLength);
  const int64_t fullTiles = vectors / schedule.vectors, rest = vectors % schedule.vectors;
  double total = 0;
  const int64_t ofTile = schedule.pixels;
  for (int64_t first = 0; first < channels; first += ofTile) {
    const int64_t count = std::min(ofTile, channels - first);
    double perStep = double(fullTiles) * cost.step(count, schedule.vectors);
    if (rest > 0)
      perStep += cost.step(count, rest);
    total += segments * inputs * perStep;
    total += rows * (double(fullTiles + (rest > 0)) * tileOverhead +
                     double(vectors * count * dim.attributes.stride) * storeCycles);
  }
  const double vectorsOfRow = double(plan.rowElements) / double(schedule.vectorLength);
  return total + inputRows * inputs * (vectorsOfRow * copyCycles + copyRowOverhead);
}
