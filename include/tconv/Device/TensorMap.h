//===- TensorMap.h - What a tensor memory accelerator copies -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels for sm_90 and later copy boxes of tensors, which a tensor map of 128 bytes describes.
// What a compiler knows of one is its recipe; where the tensor is and how large is known when it
// runs. Dimensions are counted from the one whose elements are side by side in memory, as the CUDA
// driver counts them, and values are limited as there.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_TENSORMAP_H
#define TCONV_DEVICE_TENSORMAP_H

#include "tconv/Support/Result.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tconv {

/// Boxes of elements, or columns of pixels: all channels, or some, of pixels in the order in which
/// a convolution visits them.
enum class TensorMapMode : uint8_t { Tiled, Im2col };

/// In the driver's order: CUtensorMapDataType.
enum class TensorMapType : uint8_t {
  U8,
  U16,
  U32,
  I32,
  U64,
  I64,
  F16,
  F32,
  F64,
  BF16,
  F32FlushDenormals,
  TF32,
  TF32FlushDenormals,
};

/// Where 16-byte units of rows of so many bytes are in shared memory: CUtensorMapSwizzle.
enum class TensorMapSwizzle : uint8_t { None, Bytes32, Bytes64, Bytes128 };

/// How much of global memory a cache gets at least: CUtensorMapL2promotion.
enum class TensorMapPromotion : uint8_t { None, Bytes64, Bytes128, Bytes256 };

/// What elements outside of the tensor are: CUtensorMapFloatOOBfill.
enum class TensorMapFill : uint8_t { Zero, NaN };

struct TensorMapRecipe {
  TensorMapMode mode = TensorMapMode::Tiled;
  TensorMapType type = TensorMapType::F32;
  TensorMapSwizzle swizzle = TensorMapSwizzle::None;
  TensorMapPromotion promotion = TensorMapPromotion::None;
  TensorMapFill fill = TensorMapFill::Zero;
  /// Tiled: elements in each dimension.
  std::vector<uint32_t> box;
  /// Im2col, for the dimensions between channels and images: where the first pixel of an image is,
  /// and the last one as seen from the end of the image.
  std::vector<int32_t> lowerCorner, upperCorner;
  /// Im2col: what a copy takes.
  uint32_t channelsPerPixel = 0, pixelsPerColumn = 0;
  /// The distance of elements that are copied, in each dimension; that of the first one is 1.
  std::vector<uint32_t> steps;

  /// 1 to 5 dimensions.
  size_t rank() const { return steps.size(); }
  /// Bytes that a copy moves to shared memory.
  uint64_t bytes() const;
};

/// A tensor map before it is encoded.
struct TensorMapDescription {
  TensorMapRecipe recipe;
  /// Where the tensor is in the memory of the device.
  uint64_t address = 0;
  /// Elements in each dimension, and bytes between neighbours in each but the first one.
  std::vector<uint64_t> sizes, strides;
};

/// A tensor map as a device knows it.
struct alignas(64) TensorMap {
  std::array<uint64_t, 16> words{};
};

uint32_t elementBytes(TensorMapType type);
/// Bytes of the rows that a swizzle permutes; 0 for none.
uint32_t spanOf(TensorMapSwizzle swizzle);

/// Corners of a map for im2col have so many bits: those from -`endOfCorners` on, below it. Offsets
/// of a copy are numbers without a sign of as many bits.
constexpr int32_t endOfCorners(size_t rank) {
  return rank == 3 ? 1 << 15 : rank == 4 ? 1 << 7 : 1 << 4;
}

/// Whether the driver takes such values; an error says which one it does not.
Status verify(const TensorMapRecipe &recipe);
Status verify(const TensorMapDescription &description);

/// "tiled f16 box 64 4 steps 1 1 swizzle 128 promotion 0 fill zero".
std::string toString(const TensorMapRecipe &recipe);

} // namespace tconv

#endif // TCONV_DEVICE_TENSORMAP_H
