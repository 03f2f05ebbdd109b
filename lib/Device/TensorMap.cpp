//===- TensorMap.cpp - What a tensor memory accelerator copies ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The limits are those of cuTensorMapEncodeTiled and cuTensorMapEncodeIm2col in the CUDA driver API
// reference, for tensors that are not interleaved.
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/TensorMap.h"

#include "tconv/Support/Division.h"

using namespace tconv;

namespace {

constexpr size_t maxRank = 5, minIm2colRank = 3;
constexpr uint32_t maxBox = 256, maxPixels = 1024, maxStep = 8;
/// Of addresses, strides and rows in shared memory.
constexpr uint64_t unitBytes = 16;
constexpr uint64_t maxSize = uint64_t(1) << 32, endOfStrides = uint64_t(1) << 40;

Error expected(const std::string &what, const std::string &got) {
  return Error{"expected a tensor map with " + what + ", got " + got};
}
Error expected(const std::string &what, uint64_t got) {
  return expected(what, std::to_string(got));
}

Status checkRange(const std::string &what, uint64_t first, uint64_t last, uint64_t got) {
  if (got >= first && got <= last)
    return success();
  return expected(what + " from " + std::to_string(first) + " to " + std::to_string(last), got);
}

Status checkCount(const std::string &what, size_t expectedCount, size_t got) {
  if (got == expectedCount)
    return success();
  return expected(std::to_string(expectedCount) + " " + what, got);
}

Status checkCorners(const TensorMapRecipe &recipe) {
  const int32_t limit = endOfCorners(recipe.rank());
  for (const std::vector<int32_t> *corner : {&recipe.lowerCorner, &recipe.upperCorner}) {
    if (Status status = checkCount("numbers in each corner", recipe.rank() - 2, corner->size());
        !status)
      return status;
    for (int32_t offset : *corner)
      if (offset < -limit || offset >= limit)
        return expected("corners from " + std::to_string(-limit) + " to " +
                            std::to_string(limit - 1),
                        std::to_string(offset));
  }
  return success();
}

Status checkShape(const TensorMapRecipe &recipe) {
  if (recipe.mode == TensorMapMode::Tiled) {
    if (Status status = checkCount("sizes of a box", recipe.rank(), recipe.box.size()); !status)
      return status;
    for (uint32_t size : recipe.box)
      if (Status status = checkRange("boxes", 1, maxBox, size); !status)
        return status;
    return success();
  }
  if (recipe.rank() < minIm2colRank)
    return expected("at least 3 dimensions for im2col", recipe.rank());
  if (Status status = checkCorners(recipe); !status)
    return status;
  if (Status status = checkRange("channels per pixel", 1, maxBox, recipe.channelsPerPixel); !status)
    return status;
  return checkRange("pixels per column", 1, maxPixels, recipe.pixelsPerColumn);
}

bool isFloat(TensorMapType type) {
  return type == TensorMapType::F16 || type == TensorMapType::F32 || type == TensorMapType::F64 ||
         type >= TensorMapType::BF16;
}

} // namespace

uint32_t tconv::elementBytes(TensorMapType type) {
  constexpr uint8_t bytes[] = {1, 2, 4, 4, 8, 8, 2, 4, 8, 2, 4, 4, 4};
  return bytes[static_cast<size_t>(type)];
}

uint32_t tconv::spanOf(TensorMapSwizzle swizzle) {
  return swizzle == TensorMapSwizzle::None ? 0 : 16u << static_cast<uint32_t>(swizzle);
}

uint64_t TensorMapRecipe::bytes() const {
  uint64_t elements = elementBytes(type);
  if (mode == TensorMapMode::Im2col)
    return elements * channelsPerPixel * pixelsPerColumn;
  for (size_t dim = 0; dim < box.size(); ++dim)
    elements *= ceilDivide(box[dim], steps[dim]);
  return elements;
}

Status tconv::verify(const TensorMapRecipe &recipe) {
  if (Status status = checkRange("dimensions", 1, maxRank, recipe.rank()); !status)
    return status;
  if (recipe.steps.front() != 1)
    return expected("a step of 1 in the first dimension", recipe.steps.front());
  for (uint32_t step : recipe.steps)
    if (Status status = checkRange("steps", 1, maxStep, step); !status)
      return status;
  if (Status status = checkShape(recipe); !status)
    return status;
  uint32_t elements =
      recipe.mode == TensorMapMode::Tiled ? recipe.box.front() : recipe.channelsPerPixel;
  uint64_t rowBytes = uint64_t(elements) * elementBytes(recipe.type);
  if (rowBytes % unitBytes != 0)
    return expected("rows of a multiple of 16 bytes", rowBytes);
  uint32_t span = spanOf(recipe.swizzle);
  if (span && rowBytes > span)
    return expected("rows of at most " + std::to_string(span) + " bytes, which are swizzled",
                    rowBytes);
  if (recipe.fill == TensorMapFill::NaN && !isFloat(recipe.type))
    return expected("floating-point elements to be filled with NaN", "integers");
  return success();
}

Status tconv::verify(const TensorMapDescription &description) {
  const TensorMapRecipe &recipe = description.recipe;
  if (Status status = verify(recipe); !status)
    return status;
  if (Status status = checkCount("sizes", recipe.rank(), description.sizes.size()); !status)
    return status;
  if (Status status = checkCount("strides", recipe.rank() - 1, description.strides.size()); !status)
    return status;
  if (description.address == 0 || description.address % unitBytes != 0)
    return expected("an address aligned to 16 bytes", description.address);
  for (uint64_t size : description.sizes)
    if (Status status = checkRange("sizes", 1, maxSize, size); !status)
      return status;
  for (uint64_t stride : description.strides)
    if (stride % unitBytes != 0 || stride >= endOfStrides)
      return expected("strides of a multiple of 16 bytes below 2^40", stride);
  return success();
}
