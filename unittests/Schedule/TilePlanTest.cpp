//===- TilePlanTest.cpp - Plans cover layers exactly ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For pseudo-random layers and schedules: a plan writes no element of y twice, reads
// nothing outside of x or of the packed filter, and multiplies exactly the pairs that
// form 1 of the definition has.
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"

#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/TilePlan.h"

#include "gtest/gtest.h"

#include <algorithm>

using namespace tconv;

namespace {

Schedule createSchedule(RandomLayers &random, const Geometry &geometry) {
  Schedule schedule;
  schedule.vectorLength = int64_t(1) << random.number(0, 3);
  schedule.pixels = random.number(1, 8);
  schedule.vectors = random.number(1, 3);
  schedule.blockPixels = random.number(1, 40);
  const bool canFuse = geometry.groups == 1 && canFusePhases(geometry.dims.back());
  if (canFuse && random.number(0, 1))
    schedule.fusedPhases = geometry.dims.back().attributes.stride;
  else
    schedule.reductionBlock = random.number(0, 6);
  return schedule;
}

int64_t product(const Geometry &geometry, int64_t DimGeometry::*size) {
  int64_t elements = geometry.batch;
  for (const DimGeometry &dim : geometry.dims)
    elements *= dim.*size;
  return elements;
}

/// What a plan does, added up.
struct Tally {
  std::vector<int> writes; ///< of each element of y, of the first group
  double multiplyAdds = 0; ///< of the first group
  bool readsOutside = false;
};

void addTile(const Geometry &geometry, const TilePlan &plan, const Block &block, const Tile &tile,
             int64_t xElements, int64_t steps, Tally &tally) {
  const TileShape &shape = plan.shapes[static_cast<size_t>(tile.shape)];
  for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel) {
    const int64_t x = block.x + tile.x + shape.x[static_cast<size_t>(pixel)];
    const int64_t y = block.y + tile.y + shape.y[static_cast<size_t>(pixel)];
    for (int64_t lane = tile.laneBegin; lane < tile.laneEnd && !tile.continues; ++lane)
      ++tally.writes.at(static_cast<size_t>(y + lane));
    for (int64_t index = tile.segmentBegin; index < tile.segmentEnd; ++index) {
      const Segment &segment = plan.segments[static_cast<size_t>(index)];
      tally.readsOutside |= x + segment.x < 0 || x + segment.x + segment.length > xElements ||
                            segment.step < 0 || segment.step + segment.length > steps;
      tally.multiplyAdds += double(segment.length * (tile.laneEnd - tile.laneBegin));
    }
  }
}

TEST(TilePlan, CoversLayersExactly) {
  RandomLayers random(1);
  for (int layer = 0; layer < 400; ++layer) {
    Geometry geometry = random.layer();
    Schedule schedule = createSchedule(random, geometry);
    Result<TilePlan> plan = TilePlan::create(geometry, schedule);
    ASSERT_TRUE(bool(plan)) << plan.error().message;
    auto packing = FilterPacking::create(geometry, schedule);
    const int64_t xElements = product(geometry, &DimGeometry::input) * geometry.inputChannels;
    const int64_t yElements = product(geometry, &DimGeometry::output) * geometry.outputChannels;
    Tally tally{std::vector<int>(static_cast<size_t>(yElements), 0)};
    for (const Block &block : plan->blocks)
      for (int64_t tile = block.tileBegin; tile < block.tileEnd; ++tile)
        addTile(geometry, *plan, block, plan->tiles[static_cast<size_t>(tile)], xElements,
                packing.steps(), tally);
    EXPECT_FALSE(tally.readsOutside) << "layer " << layer;
    EXPECT_LE(*std::max_element(tally.writes.begin(), tally.writes.end()), 1) << "layer " << layer;
    EXPECT_LE(geometry.usefulMultiplyAdds() / double(geometry.groups), tally.multiplyAdds);
    if (schedule.fusedPhases == 1) // else taps of single phases are cut off at the ends
      EXPECT_EQ(geometry.usefulMultiplyAdds() / double(geometry.groups), tally.multiplyAdds)
          << "layer " << layer;
  }
}

/// Their kernels read one step of each segment: neighbouring taps of a single channel, which are
/// contiguous in x and in the filter, are not one segment.
TEST(TilePlan, KeepsTapsOfDepthwiseLayersApart) {
  RandomLayers random(5);
  for (int layer = 0; layer < 200; ++layer) {
    Geometry geometry = random.layer();
    geometry.groups = geometry.inputChannels = geometry.outputChannels = random.number(1, 3);
    Schedule schedule = createSchedule(random, geometry);
    schedule.family = KernelFamily::Depthwise;
    schedule.fusedPhases = 1;
    Result<TilePlan> plan = TilePlan::create(geometry, schedule);
    ASSERT_TRUE(bool(plan)) << plan.error().message;
    for (const Segment &segment : plan->segments)
      EXPECT_EQ(segment.length, 1) << "layer " << layer;
  }
}

TEST(RowPlan, AddsUpRowsExactly) {
  RandomLayers random(2);
  for (int layer = 0; layer < 200; ++layer) {
    Geometry geometry = random.layer();
    Schedule schedule;
    schedule.family = KernelFamily::Width;
    schedule.blockPixels = random.number(1, 60);
    Result<RowPlan> plan = RowPlan::create(geometry, schedule);
    ASSERT_TRUE(bool(plan)) << plan.error().message;
    double pairs = 1;
    for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim)
      pairs *= double(geometry.dims[dim].pairsInside());
    EXPECT_EQ(pairs, double(plan->segments.size())) << "layer " << layer;
    for (const RowBlock &block : plan->blocks)
      for (int64_t row = block.rowBegin; row < block.rowEnd; ++row)
        for (int64_t index = plan->rows[static_cast<size_t>(row)].segmentBegin;
             index < plan->rows[static_cast<size_t>(row)].segmentEnd; ++index)
          EXPECT_LT(plan->segments[static_cast<size_t>(index)].x,
                    block.inputEnd - block.inputBegin);
  }
}

TEST(WidthPlan, HasEachTapOnceAndRoomForItsReads) {
  RandomLayers random(3);
  for (int layer = 0; layer < 200; ++layer) {
    const DimGeometry dim = random.layer().dims.back();
    Schedule schedule;
    schedule.vectorLength = int64_t(1) << random.number(0, 3);
    WidthPlan plan = WidthPlan::create(dim, schedule);
    EXPECT_EQ(dim.kernel, static_cast<int64_t>(plan.taps.size()));
    const int64_t lanes = schedule.vectorLength;
    const int64_t covered = (plan.positions + lanes - 1) / lanes * lanes;
    for (const WidthPlan::Tap &tap : plan.taps) {
      EXPECT_GE(plan.front + tap.shift, 0);
      // Behind a row are the zeros in front of the next.
      EXPECT_LE(plan.front + tap.shift + covered, plan.rowElements + plan.front);
    }
    EXPECT_EQ(plan.front % lanes, 0);
    EXPECT_EQ(plan.rowElements % lanes, 0);
    EXPECT_LE(plan.front + dim.input, plan.rowElements);
  }
}

TEST(FilterPacking, HoldsEachElementOnce) {
  RandomLayers random(4);
  for (int layer = 0; layer < 200; ++layer) {
    Geometry geometry = random.layer();
    auto packing = FilterPacking::create(geometry, createSchedule(random, geometry));
    std::vector<int> found(static_cast<size_t>(packing.groups * packing.inputChannels *
                                               packing.outputChannels * packing.kernelElements),
                           0);
    for (int64_t source : packing.sources())
      if (source >= 0)
        ++found.at(static_cast<size_t>(source));
    EXPECT_TRUE(std::all_of(found.begin(), found.end(), [](int count) { return count == 1; }))
        << "layer " << layer;
  }
}

} // namespace
