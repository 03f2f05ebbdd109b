//===- TileWorkTest.cpp - Taps that tiles of pixels need ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For pseudo-random layers: a tile's ranges hold every tap that one of its pixels needs.
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"

#include "tconv/Schedule/TileWork.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

PhaseTable phasesOf(const Geometry &geometry) {
  return *PhaseTable::create(geometry, createGpuPacking(geometry, GpuSchedule()));
}

/// The position of a pixel in each dimension.
std::vector<int64_t> decode(const Geometry &geometry, const Phase &phase, GpuPixelOrder order,
                            int64_t pixel) {
  if (order == GpuPixelOrder::PixelByPixel)
    pixel /= geometry.batch;
  std::vector<int64_t> position(phase.dims.size());
  for (size_t dim = phase.dims.size(); dim-- > 0; pixel /= phase.dims[dim].extent)
    position[dim] = pixel % phase.dims[dim].extent;
  return position;
}

/// Whether a tap of a dimension reads inside of x.
bool isNeeded(const DimGeometry &sizes, const PhaseDim &dim, int64_t position, int64_t tap) {
  const int64_t x = position + dim.firstInput + tap * sizes.attributes.inputStep();
  return x >= 0 && x < sizes.input;
}

TEST(TileWork, HasEveryTapThatAPixelNeeds) {
  RandomLayers random(7);
  for (int layer = 0; layer < 200; ++layer) {
    const Geometry geometry = random.layer();
    for (auto order : {GpuPixelOrder::ImageByImage, GpuPixelOrder::PixelByPixel})
      for (const Phase &phase : phasesOf(geometry).phases) {
        const int64_t pixels = phase.pixels() * geometry.batch;
        const int64_t first = random.number(0, pixels - 1);
        const int64_t last = std::min(first + random.number(0, 20), pixels - 1);
        auto taps = findNeededTaps(geometry, phase, order, first, last);
        for (int64_t pixel = first; pixel <= last; ++pixel) {
          auto position = decode(geometry, phase, order, pixel);
          for (size_t dim = 0; dim < position.size(); ++dim)
            for (int64_t tap = 0; tap < phase.dims[dim].taps; ++tap) {
              const bool inRange = tap >= taps[dim].begin && tap < taps[dim].end;
              if (isNeeded(geometry.dims[dim], phase.dims[dim], position[dim], tap))
                EXPECT_TRUE(inRange) << "layer " << layer << ", pixel " << pixel;
              else if (first == last && geometry.dims[dim].attributes.inputStep() == 1)
                EXPECT_FALSE(inRange) << "layer " << layer << ", pixel " << pixel;
            }
        }
      }
  }
}

TEST(TileWork, CountsWhatIsLeft) {
  auto geometry = Geometry::create(16, 8, 8, 1, {1, 1}, {4, 4}, {{}, {}});
  ASSERT_TRUE(bool(geometry));
  auto byImage = TileWork::count(*geometry, phasesOf(*geometry), 16, GpuPixelOrder::ImageByImage);
  EXPECT_EQ(16, byImage.tiles);
  EXPECT_EQ(16 * 16, byImage.taps);
  EXPECT_EQ(16, byImage.mostTaps);
  EXPECT_EQ((std::vector<bool>{false, false}), byImage.leavesOut);
  auto byPixel = TileWork::count(*geometry, phasesOf(*geometry), 16, GpuPixelOrder::PixelByPixel);
  EXPECT_EQ(16, byPixel.taps);
  EXPECT_EQ(1, byPixel.mostTaps);
  EXPECT_EQ((std::vector<bool>{true, true}), byPixel.leavesOut);
}

/// A sample of many tiles stands for all.
TEST(TileWork, EstimatesManyTiles) {
  auto geometry = Geometry::create(1 << 16, 8, 8, 1, {1, 1}, {4, 4}, {{}, {}});
  ASSERT_TRUE(bool(geometry));
  auto work = TileWork::count(*geometry, phasesOf(*geometry), 64, GpuPixelOrder::PixelByPixel);
  EXPECT_EQ(16 << 10, work.tiles);
  EXPECT_NEAR(16 << 10, work.taps, 1);
}

} // namespace
