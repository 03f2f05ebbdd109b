//===- TileWork.cpp - Taps that tiles of pixels need ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/TileWork.h"

#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

/// The taps of one dimension that some of the positions [first, last] need.
TapRange findNeededTaps(const DimGeometry &sizes, const PhaseDim &dim, int64_t first,
                        int64_t last) {
  const int64_t step = sizes.attributes.inputStep();
  const int64_t begin = std::max<int64_t>(ceilDivide(-(last + dim.firstInput), step), 0);
  const int64_t end = floorDivide(sizes.input - 1 - (first + dim.firstInput), step) + 1;
  return {begin, std::max(begin, std::min(end, dim.taps))};
}

int64_t countTaps(const std::vector<TapRange> &ranges) {
  int64_t product = 1;
  for (const TapRange &range : ranges)
    product *= range.end - range.begin;
  return product;
}

/// Adds the tiles of a phase, at most about `samples` of which are looked at.
void addPhase(TileWork &work, const Geometry &geometry, const Phase &phase, int64_t tilePixels,
              GpuPixelOrder order, int64_t samples) {
  const int64_t pixels = phase.pixels() * geometry.batch;
  const int64_t tiles = ceilDivide(pixels, tilePixels);
  const int64_t distance = std::max<int64_t>(ceilDivide(tiles, samples), 1);
  double taps = 0;
  for (int64_t tile = 0; tile < tiles; tile += distance) {
    const int64_t first = tile * tilePixels, last = std::min(first + tilePixels, pixels) - 1;
    auto ranges = findNeededTaps(geometry, phase, order, first, last);
    const int64_t count = countTaps(ranges);
    taps += double(count);
    work.mostTaps = std::max(work.mostTaps, count);
    for (size_t dim = 0; dim < ranges.size(); ++dim)
      if (ranges[dim].end - ranges[dim].begin < phase.dims[dim].taps)
        work.leavesOut[dim] = true;
  }
  work.tiles += double(tiles);
  work.taps += taps * double(tiles) / double(std::max<int64_t>(ceilDivide(tiles, distance), 1));
}

} // namespace

std::vector<TapRange> tconv::findNeededTaps(const Geometry &geometry, const Phase &phase,
                                            GpuPixelOrder order, int64_t first, int64_t last) {
  // Positions and the image are digits of the pixel's number. From the outermost one on to the
  // first that differs they are a range; those behind may be anything.
  const size_t rank = phase.dims.size();
  int64_t inner = phase.pixels() * geometry.batch;
  auto inRange = [&](int64_t extent) {
    inner /= extent;
    const int64_t begin = first / inner % extent, end = last / inner % extent;
    const bool anything = first / inner / extent != last / inner / extent;
    return anything ? TapRange{0, extent - 1} : TapRange{begin, end};
  };
  if (order == GpuPixelOrder::ImageByImage)
    inRange(geometry.batch);
  std::vector<TapRange> taps;
  for (size_t dim = 0; dim < rank; ++dim) {
    TapRange positions = inRange(phase.dims[dim].extent);
    taps.push_back(
        ::findNeededTaps(geometry.dims[dim], phase.dims[dim], positions.begin, positions.end));
  }
  return taps;
}

TileWork TileWork::count(const Geometry &geometry, const PhaseTable &phases, int64_t tilePixels,
                         GpuPixelOrder order) {
  constexpr int64_t mostSamples = 1 << 12;
  TileWork work;
  work.leavesOut.resize(geometry.dims.size(), false);
  const auto numPhases = static_cast<int64_t>(phases.phases.size());
  const int64_t samples = std::max<int64_t>(mostSamples / std::max<int64_t>(numPhases, 1), 4);
  double all = 0;
  for (const Phase &phase : phases.phases) {
    addPhase(work, geometry, phase, tilePixels, order, samples);
    all += double(ceilDivide(phase.pixels() * geometry.batch, tilePixels)) * double(phase.taps());
  }
  // To leave out a few is not worth the registers that it takes.
  constexpr double worthwhile = 0.98;
  if (work.taps <= worthwhile * all)
    return work;
  work.taps = all;
  work.mostTaps = phases.mostTaps();
  work.leavesOut.assign(geometry.dims.size(), false);
  return work;
}
