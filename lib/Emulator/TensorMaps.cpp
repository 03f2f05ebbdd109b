//===- TensorMaps.cpp - Tensor maps of the emulator -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorMaps.h"

#include "DeviceState.h"

#include "tconv/Emulator/EmulatedDevice.h"

#include <algorithm>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

namespace {

/// The fields of a map; a size of 2^32 is why the last index is stored in place of it.
struct Encoded {
  uint64_t sum = 0, address = 0;
  uint64_t strides[4] = {};
  uint32_t last[5] = {};
  uint16_t box[5] = {};
  int16_t lower[3] = {}, upper[3] = {};
  uint16_t channels = 0, pixels = 0;
  uint8_t steps[5] = {};
  uint8_t rank = 0, mode = 0, type = 0, swizzle = 0, promotion = 0, fill = 0;
  uint8_t unused[7] = {};
};
static_assert(sizeof(Encoded) <= sizeof(TensorMap));
static_assert(std::has_unique_object_representations_v<Encoded>);

/// FNV-1a of all bytes behind the sum; never 0, which empty memory would have.
uint64_t sumOf(const Encoded &map) {
  uint64_t hash = 0xcbf29ce484222325;
  auto *bytes = reinterpret_cast<const unsigned char *>(&map);
  for (size_t index = sizeof(map.sum); index < sizeof(map); ++index)
    hash = (hash ^ bytes[index]) * 0x100000001b3;
  return hash | 1;
}

} // namespace

TensorMap emulator::encode(const TensorMapDescription &description) {
  const TensorMapRecipe &recipe = description.recipe;
  Encoded map;
  map.address = description.address;
  std::copy(description.strides.begin(), description.strides.end(), map.strides);
  for (size_t dim = 0; dim < recipe.rank(); ++dim)
    map.last[dim] = static_cast<uint32_t>(description.sizes[dim] - 1);
  std::copy(recipe.box.begin(), recipe.box.end(), map.box);
  std::copy(recipe.lowerCorner.begin(), recipe.lowerCorner.end(), map.lower);
  std::copy(recipe.upperCorner.begin(), recipe.upperCorner.end(), map.upper);
  map.channels = static_cast<uint16_t>(recipe.channelsPerPixel);
  map.pixels = static_cast<uint16_t>(recipe.pixelsPerColumn);
  std::copy(recipe.steps.begin(), recipe.steps.end(), map.steps);
  map.rank = static_cast<uint8_t>(recipe.rank());
  map.mode = static_cast<uint8_t>(recipe.mode);
  map.type = static_cast<uint8_t>(recipe.type);
  map.swizzle = static_cast<uint8_t>(recipe.swizzle);
  map.promotion = static_cast<uint8_t>(recipe.promotion);
  map.fill = static_cast<uint8_t>(recipe.fill);
  map.sum = sumOf(map);
  TensorMap result;
  memcpy(result.words.data(), &map, sizeof(map));
  return result;
}

std::optional<TensorMapDescription> emulator::decode(const void *bytes) {
  Encoded map;
  memcpy(&map, bytes, sizeof(map));
  if (map.sum != sumOf(map))
    return std::nullopt;
  TensorMapDescription description;
  TensorMapRecipe &recipe = description.recipe;
  recipe.mode = static_cast<TensorMapMode>(map.mode);
  recipe.type = static_cast<TensorMapType>(map.type);
  recipe.swizzle = static_cast<TensorMapSwizzle>(map.swizzle);
  recipe.promotion = static_cast<TensorMapPromotion>(map.promotion);
  recipe.fill = static_cast<TensorMapFill>(map.fill);
  recipe.steps.assign(map.steps, map.steps + map.rank);
  if (recipe.mode == TensorMapMode::Tiled) {
    recipe.box.assign(map.box, map.box + map.rank);
  } else {
    recipe.lowerCorner.assign(map.lower, map.lower + map.rank - 2);
    recipe.upperCorner.assign(map.upper, map.upper + map.rank - 2);
    recipe.channelsPerPixel = map.channels;
    recipe.pixelsPerColumn = map.pixels;
  }
  description.address = map.address;
  for (size_t dim = 0; dim < map.rank; ++dim)
    description.sizes.push_back(uint64_t(map.last[dim]) + 1);
  description.strides.assign(map.strides, map.strides + map.rank - 1);
  return description;
}

Result<TensorMap> EmulatedDevice::encodeTensorMap(const TensorMapDescription &description) {
  if (Status status = verify(description); !status)
    return status.error();
  return encode(description);
}
