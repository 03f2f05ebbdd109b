//===- TileCost.cpp - Estimated time of register tiles --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The time of a layer is that of its tiles, and the time of a tile is that of its steps, each of
// which is bound by multiply-adds, by loads, or by the latency of the sums, besides what
// starting and storing cost. Outputs with the same taps and extents cost the same: they are counted
// and not walked over. Times are in cycles of one core; the constants were fitted to tiles
// timed on a Zen 3 core, so that estimates order schedules as their times do. Rates are the
// target's.
//
// Test: unittests/Schedule/SelectScheduleTest.cpp
//
//===----------------------------------------------------------------------===//

#include "TileCost.h"

#include "Axis.h"
#include "Tuples.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Support/Division.h"

#include <map>

using namespace tconv;

namespace {

/// Latency of a multiply-add, and what starting a tile and a segment costs beside the
/// sums, in cycles (measured on Zen 3 with llvm-mca and by timing).
constexpr double latency = 4, tileOverhead = 25, segmentOverhead = 8;

/// What a vector of sums costs to start and to store, in cycles (Zen 3).
constexpr double cyclesPerSum = 1.5;

/// The share of the loads' time that multiply-adds do not hide: of tiles with the same number
/// of sums, those with fewer loads are faster (Zen 3).
constexpr double unhiddenLoads = 0.1;

/// What a vector of the filter costs that comes from the second cache, in cycles: tiles of 6x2
/// vectors take 1 to 3 % less time than those of 4x3 then (Zen 3, 32 bytes a cycle; servers with
/// AVX-512 read 64, and 6x4 vectors are as fast as 12x2 there, or faster by up to 10 %).
constexpr double cyclesPerFarVector = 0.05;

/// One lane block: tiles of a number of pixels that run over so many taps.
struct TileCost {
  const Schedule &schedule;
  const TargetCpu &target;
  int64_t stepsPerTap;

  double cycles(int64_t pixels, int64_t vectors, int64_t taps, int64_t segments) const {
    const double sums = double(pixels * vectors);
    double chains = 1;
    while (chains * sums < 2 * latency && chains < double(schedule.unroll))
      chains *= 2;
    const double loads =
        (double(pixels) * target.loads / target.broadcasts + double(vectors)) / target.loads;
    const bool isPairs = schedule.dot == DotProduct::Bf16Pairs;
    const double perCycle = isPairs ? target.bf16Pairs : target.multiplyAdds;
    double perStep = std::max({sums / perCycle, loads, latency / chains});
    // A part of the filter that shares the first cache with nothing but x stays there.
    const int64_t steps = taps * stepsPerTap;
    const bool isNear = vectors * target.vectorBytes * steps <= target.l1 / 2;
    perStep += loads * unhiddenLoads + (isNear ? 0 : double(vectors) * cyclesPerFarVector);
    return perStep * double(steps) + tileOverhead + cyclesPerSum * sums +
           segmentOverhead * double(segments);
  }
};

/// How often each size comes up when extents are cut into tiles: at most two sizes an
/// axis.
struct Sizes {
  int64_t size;
  int64_t count;
};
std::vector<Sizes> cut(int64_t extent, int64_t limit) {
  const int64_t count = ceilDivide(extent, limit), larger = extent % count;
  std::vector<Sizes> sizes{{extent / count, count - larger}};
  if (larger > 0)
    sizes.push_back({extent / count + 1, larger});
  return sizes;
}

/// Intervals of an axis that cost the same: so many of one extent and one number of taps.
struct Kind {
  int64_t extent;
  int64_t taps;
  int64_t count;
};

std::vector<Kind> countKinds(const Axis &axis) {
  std::map<std::pair<int64_t, int64_t>, int64_t> counts;
  for (const Interval &interval : axis.dim.intervals)
    ++counts[{interval.end - interval.begin, interval.tapEnd - interval.tapBegin}];
  std::vector<Kind> kinds;
  for (const auto &[sizes, count] : counts)
    kinds.push_back({sizes.first, sizes.second, count});
  return kinds;
}

} // namespace

double tconv::estimateCycles(const Geometry &geometry, const Schedule &schedule,
                             const TargetCpu &target) {
  std::vector<Axis> axes = createAxes(geometry, schedule);
  if (axes.empty())
    return 0;
  auto packing = FilterPacking::create(geometry, schedule);
  TileCost cost{schedule, target, packing.stepsPerTap};
  std::vector<std::vector<Kind>> kinds;
  std::vector<size_t> counts;
  for (const Axis &axis : axes) {
    kinds.push_back(countKinds(axis));
    counts.push_back(kinds.back().size());
  }
  double total = 0;
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    std::vector<int64_t> extents;
    int64_t taps = 1, segments = 1, count = 1;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      const Kind &kind = kinds[axis][tuple[axis]];
      extents.push_back(kind.extent);
      taps *= kind.taps;
      count *= kind.count;
      if (axis + 1 < axes.size())
        segments *= kind.taps;
    }
    std::vector<int64_t> box = fillTile(extents, schedule.pixels);
    std::vector<Sizes> tiles{{1, count}};
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      std::vector<Sizes> product;
      for (const Sizes &outer : tiles)
        for (const Sizes &inner : cut(extents[axis], box[axis]))
          product.push_back({outer.size * inner.size, outer.count * inner.count});
      tiles = product;
    }
    for (const Sizes &tile : tiles) {
      total += double(tile.count * packing.fullBlocks) *
               cost.cycles(tile.size, schedule.vectors, taps, segments);
      if (packing.lastBlockLanes > 0)
        total +=
            double(tile.count) *
            cost.cycles(tile.size, packing.lastBlockLanes / packing.vectorLength, taps, segments);
    }
  });
  return total * double(packing.groups);
}
