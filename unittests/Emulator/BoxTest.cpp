//===- BoxTest.cpp - Boxes of tensors that are copied ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random boxes and columns of pixels, early and late, against what the PTX manual says of them,
// written another way than in the emulator: by the index of a pixel among those that a filter
// visits.
//
//===----------------------------------------------------------------------===//

#include "BoxKernels.h"

#include "gtest/gtest.h"

#include <random>

using namespace tconv;

namespace {

using Words = std::vector<uint16_t>;

/// A copy of 16-bit elements, and the numbers that it is called with.
struct Case {
  TensorMapDescription map;
  std::vector<int32_t> numbers;
  bool im2col() const { return map.recipe.mode == TensorMapMode::Im2col; }
  uint32_t rank() const { return static_cast<uint32_t>(map.recipe.rank()); }
  uint32_t row() const { return im2col() ? map.recipe.channelsPerPixel : map.recipe.box[0]; }
  uint32_t rows() const { return static_cast<uint32_t>(map.recipe.bytes() / 2 / row()); }
};

class Boxes {
public:
  explicit Boxes(unsigned seed) : random(seed) {}

  int64_t pick(int64_t first, int64_t last) {
    return first + static_cast<int64_t>(random() % static_cast<uint64_t>(last - first + 1));
  }

  Case make(bool im2col) {
    Case box;
    TensorMapRecipe &recipe = box.map.recipe;
    uint32_t rank = static_cast<uint32_t>(pick(im2col ? 3 : 1, 5));
    recipe.type = TensorMapType::F16;
    recipe.fill = pick(0, 3) ? TensorMapFill::Zero : TensorMapFill::NaN;
    recipe.swizzle = static_cast<TensorMapSwizzle>(pick(0, 3));
    uint32_t row = spanOf(recipe.swizzle) ? spanOf(recipe.swizzle) / 2 : 8 * pick(1, 4);
    uint64_t stride = 0;
    for (uint32_t dim = 0; dim < rank; ++dim) {
      box.map.sizes.push_back(dim ? pick(1, 6) : pick(1, 80));
      stride = dim ? stride * box.map.sizes[dim] : (box.map.sizes[0] * 2 + 15) / 16 * 16;
      if (dim + 1 < rank)
        box.map.strides.push_back(stride += 16 * pick(0, 1));
      recipe.steps.push_back(dim && !im2col ? pick(1, 2) : 1);
    }
    if (im2col)
      addColumn(box, row);
    else
      for (uint32_t dim = 0; dim < rank; ++dim) {
        recipe.box.push_back(dim ? pick(1, 4) : row);
        box.numbers.push_back(pick(-5, box.map.sizes[dim] + 1));
      }
    return box;
  }

private:
  void addColumn(Case &box, uint32_t row) {
    TensorMapRecipe &recipe = box.map.recipe;
    recipe.mode = TensorMapMode::Im2col;
    recipe.channelsPerPixel = row;
    recipe.pixelsPerColumn = pick(1, 50);
    box.numbers.push_back(pick(-3, box.map.sizes[0]));
    for (uint32_t dim = 1; dim + 1 < box.rank(); ++dim) {
      int32_t lower = pick(-3, 1);
      // At least one position.
      int32_t least = lower - static_cast<int32_t>(box.map.sizes[dim]) + 1;
      int32_t upper = pick(std::max(least, -4), std::max(least, 3));
      recipe.lowerCorner.push_back(lower);
      recipe.upperCorner.push_back(upper);
      box.numbers.push_back(pick(lower, static_cast<int32_t>(box.map.sizes[dim]) + upper - 1));
    }
    box.numbers.push_back(pick(0, box.map.sizes.back() - 1));
    for (uint32_t dim = 1; dim + 1 < box.rank(); ++dim)
      box.numbers.push_back(pick(0, 3));
  }

  std::mt19937 random;
};

/// The coordinates of a row of a box of tiles.
std::vector<int64_t> tileRow(const Case &box, uint32_t number) {
  std::vector<int64_t> at(box.rank());
  for (uint32_t dim = 1; dim < box.rank(); ++dim) {
    uint32_t step = box.map.recipe.steps[dim], count = (box.map.recipe.box[dim] + step - 1) / step;
    at[dim] = box.numbers[dim] + int64_t(number % count) * step;
    number /= count;
  }
  return at;
}

/// The coordinates of a pixel: as many positions behind the first one as its number.
std::vector<int64_t> pixel(const Case &box, int64_t number, bool hasOffsets) {
  const TensorMapRecipe &recipe = box.map.recipe;
  uint32_t last = box.rank() - 1;
  std::vector<int64_t> extents(box.rank());
  int64_t positions = 1;
  for (uint32_t dim = 1; dim < last; ++dim) {
    extents[dim] = static_cast<int64_t>(box.map.sizes[dim]) + recipe.upperCorner[dim - 1] -
                   recipe.lowerCorner[dim - 1];
    number += (box.numbers[dim] - recipe.lowerCorner[dim - 1]) * positions;
    positions *= extents[dim];
  }
  number += box.numbers[last] * positions;
  std::vector<int64_t> at(box.rank());
  for (uint32_t dim = 1; dim < last; ++dim) {
    at[dim] = number % extents[dim] + recipe.lowerCorner[dim - 1] +
              (hasOffsets ? box.numbers[box.rank() + dim - 1] : 0);
    number /= extents[dim];
  }
  at[last] = number;
  return at;
}

/// Calls back with each element: its index in the tile, and in the tensor or -1.
template <typename Visit> void forEachElement(const Case &box, bool hasOffsets, Visit visit) {
  uint32_t span = spanOf(box.map.recipe.swizzle) / 16; // chunks of a row, if it is swizzled
  for (uint32_t row = 0; row < box.rows(); ++row) {
    std::vector<int64_t> at = box.im2col() ? pixel(box, row, hasOffsets) : tileRow(box, row);
    for (uint32_t element = 0; element < box.row(); ++element) {
      at[0] = box.numbers[0] + int64_t(element);
      int64_t index = at[0];
      bool inside = at[0] >= 0 && at[0] < static_cast<int64_t>(box.map.sizes[0]);
      for (uint32_t dim = 1; dim < box.rank(); ++dim) {
        inside &= at[dim] >= 0 && at[dim] < static_cast<int64_t>(box.map.sizes[dim]);
        index += at[dim] * static_cast<int64_t>(box.map.strides[dim - 1] / 2);
      }
      uint32_t chunk = element / 8;
      if (span)
        chunk ^= row / (8 / span) % span;
      visit((row * box.row()) + chunk * 8 + element % 8, inside ? index : -1);
    }
  }
}

size_t numElements(const Case &box) {
  size_t last = box.map.sizes[0] - 1;
  for (uint32_t dim = 1; dim < box.rank(); ++dim)
    last += (box.map.sizes[dim] - 1) * box.map.strides[dim - 1] / 2;
  return last + 1;
}

Words numbered(size_t count, uint16_t first) {
  Words words(count);
  for (size_t index = 0; index < count; ++index)
    words[index] = static_cast<uint16_t>(first + index);
  return words;
}

void expectLoad(Case box, const std::string &options) {
  TestKernel kernel(boxKernels(box.rank(), box.im2col()), *parseEmulatorOptions(options));
  Words x = numbered(numElements(box), 1), expected(box.map.recipe.bytes() / 2);
  box.map.address = kernel.upload(x);
  uint64_t y = kernel.allocate(box.map.recipe.bytes());
  uint16_t fill = box.map.recipe.fill == TensorMapFill::Zero ? 0 : 0x7fff;
  uint64_t bytes = 0;
  forEachElement(box, true, [&](uint32_t place, int64_t index) {
    expected[place] = index < 0 ? fill : x[static_cast<size_t>(index)];
    bytes += index < 0 ? 0 : 2;
  });
  ASSERT_EQ(launchBox(kernel, "load", box.map, y, static_cast<uint32_t>(box.map.recipe.bytes()),
                      box.numbers),
            "");
  EXPECT_EQ(kernel.download<uint16_t>(y, expected.size()), expected)
      << toString(box.map.recipe) << " " << options;
  EXPECT_EQ(kernel.device.lastLaunch().bulkCopies, 1u);
  EXPECT_EQ(kernel.device.lastLaunch().bulkLoadBytes, bytes);
}

void expectStore(Case box, const std::string &options) {
  TestKernel kernel(boxKernels(box.rank(), box.im2col()), *parseEmulatorOptions(options));
  Words y = numbered(numElements(box), 1), tile = numbered(box.map.recipe.bytes() / 2, 10000);
  box.map.address = kernel.upload(y);
  uint64_t x = kernel.upload(tile);
  forEachElement(box, false, [&](uint32_t place, int64_t index) {
    if (index >= 0)
      y[static_cast<size_t>(index)] = tile[place];
  });
  ASSERT_EQ(launchBox(kernel, "store", box.map, x, static_cast<uint32_t>(box.map.recipe.bytes()),
                      box.numbers),
            "");
  EXPECT_EQ(kernel.download<uint16_t>(box.map.address, y.size()), y)
      << toString(box.map.recipe) << " " << options;
}

void checkMany(bool im2col) {
  Boxes boxes(im2col);
  for (int round = 0; round < 30; ++round) {
    Case box = boxes.make(im2col);
    for (const char *copies : {"async-copies=early", "async-copies=late"}) {
      expectLoad(box, copies);
      expectStore(box, copies);
      if (testing::Test::HasFailure())
        return;
    }
  }
}

TEST(Box, CopiesTiles) { checkMany(false); }
TEST(Box, CopiesColumnsOfPixels) { checkMany(true); }

} // namespace
