//===- TensorMaps.cpp - Tensor maps encoded by the driver -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceState.h"

#include "tconv/Cuda/CudaDevice.h"
#include "tconv/Support/Errors.h"

using namespace tconv;
using namespace tconv::cuda;

namespace {

/// CUtensorMapInterleave: tensors are not interleaved.
constexpr int interleaveNone = 0;

Error missing(const char *symbol) {
  return unsupported("expected a CUDA driver with the function " + std::string(symbol) +
                     ", got one without it");
}

/// The numbers of our enumerations are the driver's.
template <typename Enum> int number(Enum value) { return static_cast<int>(value); }

Status encodeTiled(const Driver &driver, const TensorMapDescription &map, TensorMap &result) {
  if (!driver.tensorMapEncodeTiled)
    return missing(symbolOf_tensorMapEncodeTiled);
  const TensorMapRecipe &recipe = map.recipe;
  TCONV_CUDA_CALL(driver, tensorMapEncodeTiled, result.words.data(), number(recipe.type),
                  static_cast<uint32_t>(recipe.rank()), map.address, map.sizes.data(),
                  map.strides.data(), recipe.box.data(), recipe.steps.data(), interleaveNone,
                  number(recipe.swizzle), number(recipe.promotion), number(recipe.fill));
  return success();
}

Status encodeIm2col(const Driver &driver, const TensorMapDescription &map, TensorMap &result) {
  if (!driver.tensorMapEncodeIm2col)
    return missing(symbolOf_tensorMapEncodeIm2col);
  const TensorMapRecipe &recipe = map.recipe;
  TCONV_CUDA_CALL(driver, tensorMapEncodeIm2col, result.words.data(), number(recipe.type),
                  static_cast<uint32_t>(recipe.rank()), map.address, map.sizes.data(),
                  map.strides.data(), recipe.lowerCorner.data(), recipe.upperCorner.data(),
                  recipe.channelsPerPixel, recipe.pixelsPerColumn, recipe.steps.data(),
                  interleaveNone, number(recipe.swizzle), number(recipe.promotion),
                  number(recipe.fill));
  return success();
}

} // namespace

Result<TensorMap> CudaDevice::encodeTensorMap(const TensorMapDescription &description) {
  if (Status status = verify(description); !status)
    return status.error();
  if (Status done = state->enter(); !done)
    return done.error();
  if (state->arch.major < 9)
    return unsupported("expected a GPU of at least sm_90 for tensor maps, got " + state->name);
  auto encode = description.recipe.mode == TensorMapMode::Tiled ? encodeTiled : encodeIm2col;
  TensorMap map;
  if (Status status = encode(*state->driver, description, map); !status)
    return status.error();
  return map;
}
