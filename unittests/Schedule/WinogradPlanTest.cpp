//===- WinogradPlanTest.cpp - Tiles and classes of transformed layers -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/WinogradPlan.h"

#include "RandomLayers.h"
#include "tconv/Schedule/FilterPacking.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

Geometry square(int64_t size, int64_t kernel, int64_t stride, int64_t padding) {
  const DimAttributes dim{stride, padding, padding, 1, 0};
  return *Geometry::create(1, 8, 8, 1, {size, size}, {kernel, kernel}, {dim, dim});
}

/// Phases of as many taps share a window: all four of kernel 4 and stride 2.
TEST(WinogradPlan, HasAClassForEachNumberOfTaps) {
  WinogradPlan even = WinogradPlan::create(square(9, 4, 2, 1), winograd(3));
  ASSERT_EQ(even.classes.size(), 1u);
  EXPECT_EQ(even.classes[0].products(), 16);
  EXPECT_EQ(even.filterRows, 4 * 16);
  EXPECT_EQ(directProducts(even), 9 * 16);
  WinogradPlan odd = WinogradPlan::create(square(9, 3, 2, 1), winograd(2));
  ASSERT_EQ(odd.classes.size(), 4u);
  EXPECT_EQ(odd.products, 9 + 6 + 6 + 4);
  EXPECT_EQ(odd.filterRows, odd.products);
  EXPECT_EQ(directProducts(odd), 4 * 9);
}

/// Each dimension has positions enough, and no tile without any.
TEST(WinogradPlan, CoversThePositionsOfAllPhases) {
  RandomLayers random(7);
  for (int64_t number = 0; number < 300; ++number) {
    const Geometry geometry = random.layer();
    const Schedule schedule = winograd(random.number(1, 4));
    if (!checkTransforms(geometry, schedule))
      continue;
    WinogradPlan plan = WinogradPlan::create(geometry, schedule);
    for (size_t index = 0; index < geometry.dims.size(); ++index) {
      const DimGeometry &dim = geometry.dims[index];
      const WinogradDim &tiles = plan.dims[index];
      const int64_t end = tiles.firstPosition + tiles.tiles * tiles.outputs;
      for (int64_t row = 0; row < dim.numRows(); ++row) {
        const PhaseRow phase = dim.row(row);
        if (phase.qBegin == phase.qEnd)
          continue;
        EXPECT_GE(phase.qBegin, tiles.firstPosition);
        EXPECT_LE(phase.qEnd, end);
        EXPECT_EQ(phase.inputBase, 0);
      }
    }
  }
}

/// The transformed filter stands behind the packed one, with as many rows as the plan says.
TEST(WinogradPlan, DecidesTheSizeOfThePackedFilter) {
  const Geometry geometry = square(9, 4, 2, 1);
  Schedule schedule = winograd(3);
  FilterPacking packing = FilterPacking::create(geometry, schedule);
  EXPECT_EQ(packing.directElements(), 16 * 8 * packing.paddedLanes());
  EXPECT_EQ(packing.elements(), (16 + 4 * 16) * 8 * packing.paddedLanes());
  schedule.family = KernelFamily::OutputChannels;
  schedule.tile = 0;
  EXPECT_EQ(FilterPacking::create(geometry, schedule).elements(), packing.directElements());
}

/// Long filters of one tile position, and dilations that leave gaps, have no transforms.
TEST(WinogradPlan, RefusesLayersWithoutTransforms) {
  const DimAttributes gaps{2, 0, 0, 3, 0};
  auto dilated = Geometry::create(1, 8, 8, 1, {9}, {4}, {gaps});
  ASSERT_TRUE(dilated);
  EXPECT_FALSE(checkTransforms(*dilated, winograd(3)));
  EXPECT_FALSE(checkTransforms(square(9, 31, 1, 0), winograd(3)));
  EXPECT_EQ(tileOutputs(square(9, 9, 1, 0).dims[0], winograd(3)), 1);
  EXPECT_EQ(tileOutputs(square(9, 2, 2, 0).dims[0], winograd(3)), 1);
}

} // namespace
