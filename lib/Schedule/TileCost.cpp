//===- TileCost.cpp - Estimated time of register tiles --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TileCost.h"

#include "Axis.h"
#include "Tuples.h"
#include "tconv/Schedule/FilterPacking.h"

using namespace tconv;

namespace {

/// Latency of a multiply-add, and what starting a tile and a segment costs beside the
/// sums, in cycles (measured on Zen 3 with llvm-mca and by timing).
constexpr double latency = 4, tileOverhead = 25, segmentOverhead = 8;

/// What a byte of the filter costs that comes from the second cache: tiles of 6x2 vectors take
/// 1 to 3 % less time than those of 4x3 then (Zen 3).
constexpr double cyclesPerFarByte = 1.0 / 640;

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
    double perStep = std::max({sums / target.multiplyAdds, loads, latency / chains});
    // A part of the filter that shares the first cache with nothing but x stays there.
    const double filterBytes = double(vectors * target.vectorBytes);
    const int64_t steps = taps * stepsPerTap;
    const bool isNear = filterBytes * double(steps) <= double(target.l1) / 2;
    perStep += loads * 0.1 + (isNear ? 0 : filterBytes * cyclesPerFarByte);
    return perStep * double(steps) + tileOverhead + 1.5 * sums + segmentOverhead * double(segments);
  }
};

/// How often each size comes up when extents are cut into tiles: at most two sizes an
/// axis.
struct Sizes {
  int64_t size;
  int64_t count;
};
std::vector<Sizes> cut(int64_t extent, int64_t limit) {
  const int64_t count = (extent + limit - 1) / limit, larger = extent % count;
  std::vector<Sizes> sizes{{extent / count, count - larger}};
  if (larger > 0)
    sizes.push_back({extent / count + 1, larger});
  return sizes;
}

} // namespace

double tconv::estimateCycles(const Geometry &geometry, const Schedule &schedule,
                             const TargetCpu &target) {
  std::vector<Axis> axes = createAxes(geometry, schedule);
  if (axes.empty())
    return 0;
  auto packing = FilterPacking::create(geometry, schedule);
  TileCost cost{schedule, target, packing.stepsPerTap};
  std::vector<size_t> counts;
  for (const Axis &axis : axes)
    counts.push_back(axis.dim.intervals.size());
  double total = 0;
  forEachTuple(counts, [&](const std::vector<size_t> &tuple) {
    std::vector<int64_t> extents;
    int64_t taps = 1, segments = 1;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      const Interval &interval = axes[axis].dim.intervals[tuple[axis]];
      extents.push_back(interval.end - interval.begin);
      taps *= interval.tapEnd - interval.tapBegin;
      if (axis + 1 < axes.size())
        segments *= interval.tapEnd - interval.tapBegin;
    }
    std::vector<int64_t> box = fillTile(extents, schedule.pixels);
    std::vector<Sizes> tiles{{1, 1}};
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
