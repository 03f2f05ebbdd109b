//===- TensorMapTest.cpp - Tests of what tensor maps may be ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/TensorMap.h"

#include "gtest/gtest.h"

#include <functional>

using namespace tconv;

namespace {

TensorMapDescription tiled() {
  TensorMapDescription map;
  map.recipe.type = TensorMapType::F16;
  map.recipe.box = {64, 4};
  map.recipe.steps = {1, 3};
  map.address = 4096;
  map.sizes = {100, 50};
  map.strides = {256};
  return map;
}

TensorMapDescription im2col() {
  TensorMapDescription map = tiled();
  map.recipe.mode = TensorMapMode::Im2col;
  map.recipe.box.clear();
  map.recipe.lowerCorner = {-128, 127};
  map.recipe.upperCorner = {0, 0};
  map.recipe.channelsPerPixel = 8;
  map.recipe.pixelsPerColumn = 1024;
  map.recipe.steps = {1, 1, 1, 1};
  map.sizes = {64, 20, 10, 5};
  map.strides = {128, 2560, 25600};
  return map;
}

/// What is wrong after a change.
std::string check(TensorMapDescription map,
                  const std::function<void(TensorMapDescription &, TensorMapRecipe &)> &change) {
  change(map, map.recipe);
  std::string message = verify(map).message();
  const std::string start = "expected a tensor map with ";
  return message.compare(0, start.size(), start) == 0 ? message.substr(start.size()) : message;
}

TEST(TensorMap, KnowsItsBytes) {
  EXPECT_TRUE(verify(tiled()).ok());
  EXPECT_TRUE(verify(im2col()).ok()) << verify(im2col()).message();
  EXPECT_EQ(tiled().recipe.bytes(), 64u * 2 * 2); // every third of four rows
  EXPECT_EQ(im2col().recipe.bytes(), 8u * 1024 * 2);
}

TEST(TensorMap, IsLimitedAsInTheDriver) {
  using Map = TensorMapDescription;
  using Recipe = TensorMapRecipe;
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.steps = {}; }),
            "dimensions from 1 to 5, got 0");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.steps = {2, 1}; }),
            "a step of 1 in the first dimension, got 2");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.steps[1] = 9; }), "steps from 1 to 8, got 9");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.box = {8}; }), "2 sizes of a box, got 1");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.box[1] = 257; }),
            "boxes from 1 to 256, got 257");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.box[0] = 9; }),
            "rows of a multiple of 16 bytes, got 18");
  EXPECT_EQ(check(tiled(), [](Map &, Recipe &r) { r.swizzle = TensorMapSwizzle::Bytes64; }),
            "rows of at most 64 bytes, which are swizzled, got 128");
  EXPECT_EQ(check(tiled(),
                  [](Map &, Recipe &r) {
                    r.type = TensorMapType::U16;
                    r.fill = TensorMapFill::NaN;
                  }),
            "floating-point elements to be filled with NaN, got integers");
  EXPECT_EQ(check(tiled(), [](Map &m, Recipe &) { m.address = 0; }),
            "an address aligned to 16 bytes, got 0");
  EXPECT_EQ(check(tiled(), [](Map &m, Recipe &) { m.sizes[1] = 0; }),
            "sizes from 1 to 4294967296, got 0");
  EXPECT_EQ(check(tiled(), [](Map &m, Recipe &) { m.sizes.pop_back(); }), "2 sizes, got 1");
  EXPECT_EQ(check(tiled(), [](Map &m, Recipe &) { m.strides.clear(); }), "1 strides, got 0");
  EXPECT_EQ(check(tiled(), [](Map &m, Recipe &) { m.strides[0] = uint64_t(1) << 40; }),
            "strides of a multiple of 16 bytes below 2^40, got 1099511627776");
}

TEST(TensorMap, HasCornersOfFewBits) {
  using Map = TensorMapDescription;
  using Recipe = TensorMapRecipe;
  EXPECT_EQ(check(im2col(), [](Map &, Recipe &r) { r.lowerCorner[1] = 128; }),
            "corners from -128 to 127, got 128");
  EXPECT_EQ(check(im2col(), [](Map &, Recipe &r) { r.upperCorner.pop_back(); }),
            "2 numbers in each corner, got 1");
  EXPECT_EQ(check(im2col(),
                  [](Map &, Recipe &r) {
                    r.steps = {1, 1, 1, 1, 1};
                    r.lowerCorner = {0, 0, -17};
                  }),
            "corners from -16 to 15, got -17");
  EXPECT_EQ(check(im2col(),
                  [](Map &, Recipe &r) {
                    r.steps = {1, 1, 1};
                    r.lowerCorner = {-32768};
                    r.upperCorner = {32768};
                  }),
            "corners from -32768 to 32767, got 32768");
  EXPECT_EQ(check(im2col(), [](Map &, Recipe &r) { r.steps = {1, 1}; }),
            "at least 3 dimensions for im2col, got 2");
  EXPECT_EQ(check(im2col(), [](Map &, Recipe &r) { r.channelsPerPixel = 0; }),
            "channels per pixel from 1 to 256, got 0");
  EXPECT_EQ(check(im2col(), [](Map &, Recipe &r) { r.pixelsPerColumn = 1025; }),
            "pixels per column from 1 to 1024, got 1025");
}

} // namespace
