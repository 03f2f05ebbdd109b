//===- RuntimePlanTest.cpp - Tests of plans that are made at run time -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/RuntimePlan.h"

#include "gtest/gtest.h"

#include <map>

using namespace tconv;

namespace {

/// For each element of y the products that are added to it: position in x, and step of the filter.
using Products = std::map<int64_t, std::map<std::pair<int64_t, int64_t>, int>>;

Products productsOf(const TilePlan &plan) {
  Products products;
  for (const Block &block : plan.blocks)
    for (int64_t number = block.tileBegin; number < block.tileEnd; ++number) {
      const Tile &tile = plan.tiles[static_cast<size_t>(number)];
      const TileShape &shape = plan.shapes[static_cast<size_t>(tile.shape)];
      for (size_t pixel = 0; pixel < shape.x.size(); ++pixel) {
        auto &sum = products[block.y + tile.y + shape.y[pixel]];
        for (int64_t at = tile.segmentBegin; at < tile.segmentEnd; ++at) {
          const Segment &segment = plan.segments[static_cast<size_t>(at)];
          for (int64_t step = 0; step < segment.length; ++step)
            ++sum[{block.x + tile.x + shape.x[pixel] + segment.x + step, segment.step + step}];
        }
      }
    }
  return products;
}

Geometry layer(int64_t batch, std::vector<int64_t> input, int64_t kernel, DimAttributes dim) {
  std::vector<int64_t> kernels(input.size(), kernel);
  std::vector<DimAttributes> attributes(input.size(), dim);
  return *Geometry::create(batch, 3, 5, 1, input, kernels, attributes);
}

// The sums are those of the plan of static sizes, whose tiles end with rows.
TEST(RuntimePlan, HasTheSumsOfStaticPlans) {
  Schedule schedule;
  schedule.pixels = 6;
  schedule.blockPixels = 20;
  for (int64_t reduction : {0, 4})
    for (const Geometry &geometry :
         {layer(2, {5, 7}, 4, {2, 1, 1, 1, 0}), layer(1, {13}, 5, {3, 0, 2, 2, 0}),
          layer(3, {1, 1}, 4, {1, 0, 0, 1, 0}), layer(1, {2, 3, 4}, 3, {2, 1, 1, 1, 1}),
          layer(1, {2}, 2, {1, -9, 10, 1, 0})}) {
      schedule.reductionBlock = reduction;
      auto known = TilePlan::create(geometry, schedule);
      ASSERT_TRUE(known.ok());
      EXPECT_EQ(productsOf(TilePlan::createForRun(geometry, schedule)), productsOf(*known));
    }
}

// Tiles have all their pixels but for the last one of a kind.
TEST(RuntimePlan, FillsTiles) {
  Schedule schedule;
  schedule.pixels = 6;
  schedule.blockPixels = 1000;
  TilePlan plan = TilePlan::createForRun(layer(1, {8, 10}, 1, {1, 0, 0, 1, 0}), schedule);
  ASSERT_EQ(plan.tiles.size(), 14u);
  for (const Tile &tile : plan.tiles)
    EXPECT_EQ(plan.shapes[static_cast<size_t>(tile.shape)].pixels(),
              &tile == &plan.tiles.back() ? 2 : 6);
}

TEST(RuntimePlan, HasCodeForAllNumbersOfPixels) {
  Schedule schedule;
  for (int64_t pixels = 1; pixels <= 16; ++pixels) {
    schedule.pixels = pixels;
    std::vector<int64_t> sizes = tileSizes(schedule);
    EXPECT_EQ(sizes.front(), pixels);
    EXPECT_EQ(sizes.back(), 1);
    EXPECT_TRUE(std::is_sorted(sizes.rbegin(), sizes.rend()));
  }
}

// The tables say what the plan does; pixels that a tile lacks are its first one.
TEST(RuntimePlan, WritesTables) {
  Schedule schedule;
  schedule.pixels = 4;
  Geometry geometry = layer(1, {7}, 1, {1, 0, 0, 1, 0});
  auto tables = createRuntimePlan(PlanRequest::encode(geometry, schedule).data());
  ASSERT_TRUE(tables.has_value());
  const std::vector<int64_t> &words = *tables;
  EXPECT_EQ(words[0], 1);
  EXPECT_EQ(words[2] - words[1], PlanColumns::block);
  EXPECT_EQ(words[3] - words[2], 2 * PlanColumns::tile);
  const auto shapes = words.begin() + words[4];
  const std::vector<int64_t> first(shapes, shapes + 9), second(shapes + 9, words.end());
  EXPECT_EQ(first, (std::vector<int64_t>{0, 0, 3, 6, 9, 0, 5, 10, 15}));
  EXPECT_EQ(second, (std::vector<int64_t>{1, 0, 3, 6, 0, 0, 5, 10, 0}));
}

} // namespace
