//===- TensorCopy.cpp - A box of a tensor and its place in shared memory --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Boxes and columns of pixels as the CUDA driver API defines tensor maps, tiled and im2col: an
// odometer over the dimensions gives each row's address in the tensor, and chunks of 16 bytes go to
// swizzled places in shared memory. What is outside of the tensor is filled, and not stored.
//
//===----------------------------------------------------------------------===//

#include "TensorCopy.h"

#include "Swizzle.h"
#include "tconv/Support/Division.h"

#include <algorithm>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

static constexpr uint32_t chunkBytes = 16;

static Swizzle swizzleOf(const TensorMapRecipe &recipe) {
  return static_cast<Swizzle>(std::max(spanOf(recipe.swizzle), chunkBytes));
}

uint32_t TensorCopy::rowElements() const {
  return map.recipe.mode == TensorMapMode::Tiled ? map.recipe.box.front()
                                                 : map.recipe.channelsPerPixel;
}

uint64_t TensorCopy::sharedBytes() const {
  uint64_t span = static_cast<uint32_t>(swizzleOf(map.recipe));
  return roundUp(map.recipe.bytes(), span);
}

template <typename Visit> void TensorCopy::forEachTileRow(Visit visit) const {
  std::array<uint32_t, 5> at{};
  size_t rank = map.recipe.rank();
  for (;;) {
    bool inside = true;
    uint64_t address = map.address;
    for (size_t dim = 1; dim < rank; ++dim) {
      int64_t index = int64_t(position.coordinates[dim]) + at[dim];
      inside &= index >= 0 && uint64_t(index) < map.sizes[dim];
      address += static_cast<uint64_t>(index) * map.strides[dim - 1];
    }
    visit(inside, address);
    size_t dim = 1;
    for (; dim < rank; ++dim) {
      at[dim] += map.recipe.steps[dim];
      if (at[dim] < map.recipe.box[dim])
        break;
      at[dim] = 0;
    }
    if (dim >= rank)
      return;
  }
}

/// Pixels in the order in which a convolution takes them as its filter's first position: within the
/// corners, width first, and from the end of an image on to the next one.
template <typename Visit> void TensorCopy::forEachPixel(Visit visit) const {
  size_t rank = map.recipe.rank(), images = rank - 1;
  std::array<int64_t, 5> at{};
  std::copy_n(position.coordinates.begin(), rank, at.begin());
  for (uint32_t pixel = 0; pixel < map.recipe.pixelsPerColumn; ++pixel) {
    bool inside = at[images] >= 0 && uint64_t(at[images]) < map.sizes[images];
    uint64_t address = map.address + static_cast<uint64_t>(at[images]) * map.strides[images - 1];
    for (size_t dim = 1; dim < images; ++dim) {
      int64_t index = at[dim] + position.offsets[dim - 1];
      inside &= index >= 0 && uint64_t(index) < map.sizes[dim];
      address += static_cast<uint64_t>(index) * map.strides[dim - 1];
    }
    visit(inside, address);
    size_t dim = 1;
    for (; dim < images; ++dim) {
      at[dim] += map.recipe.steps[dim];
      if (at[dim] < static_cast<int64_t>(map.sizes[dim]) + map.recipe.upperCorner[dim - 1])
        break;
      at[dim] = map.recipe.lowerCorner[dim - 1];
    }
    at[images] += dim == images;
  }
}

template <typename Visit> void TensorCopy::forEachRow(Visit visit) const {
  if (map.recipe.mode == TensorMapMode::Tiled)
    forEachTileRow(visit);
  else
    forEachPixel(visit);
}

std::array<uint32_t, 2> TensorCopy::clip(int64_t first, uint32_t number) const {
  int64_t begin = std::clamp<int64_t>(-first, 0, number);
  int64_t end = std::clamp<int64_t>(static_cast<int64_t>(map.sizes[0]) - first, begin, number);
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end - begin)};
}

void TensorCopy::forEachRange(const std::function<void(uint64_t, uint64_t)> &visit) const {
  uint64_t bytes = elementBytes(map.recipe.type);
  auto [begin, number] = clip(position.coordinates[0], rowElements());
  forEachRow([&, begin = begin, number = number](bool inside, uint64_t address) {
    if (inside && number)
      visit(address + (position.coordinates[0] + int64_t(begin)) * bytes, number * bytes);
  });
}

template <typename Visit> void TensorCopy::forEachChunk(Visit visit) const {
  uint32_t bytes = elementBytes(map.recipe.type), elements = chunkBytes / bytes;
  Swizzle kind = swizzleOf(map.recipe);
  uint64_t place = shared;
  forEachRow([&](bool inside, uint64_t address) {
    for (uint32_t element = 0; element < rowElements(); element += elements) {
      int64_t first = int64_t(position.coordinates[0]) + element;
      auto [begin, number] = clip(first, inside ? elements : 0);
      visit(swizzle(place, kind), begin * bytes, number * bytes,
            address + static_cast<uint64_t>(first + begin) * bytes);
      place += chunkBytes;
    }
  });
}

/// The NaN of each type whose bits are ones but for the sign.
static void fillChunk(char *chunk, const TensorMapRecipe &recipe) {
  bool isZero = recipe.fill == TensorMapFill::Zero;
  memset(chunk, isZero ? 0 : 0xff, chunkBytes);
  for (uint32_t end = elementBytes(recipe.type); !isZero && end <= chunkBytes;
       end += elementBytes(recipe.type))
    chunk[end - 1] = 0x7f;
}

void TensorCopy::load() const {
  forEachChunk([&](uint64_t place, uint32_t begin, uint32_t bytes, uint64_t from) {
    auto *chunk = reinterpret_cast<char *>(place);
    fillChunk(chunk, map.recipe);
    if (bytes)
      memcpy(chunk + begin, reinterpret_cast<const void *>(from), bytes);
  });
}

void TensorCopy::store(const char *source) const {
  forEachChunk([&](uint64_t place, uint32_t begin, uint32_t bytes, uint64_t to) {
    if (bytes)
      memcpy(reinterpret_cast<void *>(to), source + (place - shared) + begin, bytes);
  });
}
