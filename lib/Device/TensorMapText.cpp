//===- TensorMapText.cpp - Recipes of tensor maps as words ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramText.h"

using namespace tconv;

namespace {

/// Names of the values of an enumeration, in its order.
constexpr std::string_view modeNames[] = {"tiled", "im2col"};
constexpr std::string_view typeNames[] = {"u8",  "u16", "u32",  "i32",     "u64",  "i64",     "f16",
                                          "f32", "f64", "bf16", "f32_ftz", "tf32", "tf32_ftz"};
constexpr std::string_view swizzleNames[] = {"0", "32", "64", "128"};
constexpr std::string_view promotionNames[] = {"0", "64", "128", "256"};
constexpr std::string_view fillNames[] = {"zero", "nan"};

template <typename Enum, size_t size>
std::string nameIn(const std::string_view (&names)[size], Enum value) {
  return std::string(names[static_cast<size_t>(value)]);
}

template <typename Enum, size_t size>
bool takeName(Words &words, const std::string_view (&names)[size], Enum &value) {
  for (size_t index = 0; index < size; ++index)
    if (words.consume(names[index])) {
      value = static_cast<Enum>(index);
      return true;
    }
  return false;
}

template <typename Number> std::string list(const char *title, const std::vector<Number> &numbers) {
  std::string text = std::string(" ") + title;
  for (Number number : numbers)
    text += " " + std::to_string(number);
  return text;
}

/// Takes a title and the numbers behind it, up to the next title.
template <typename Number>
bool takeList(Words &words, const char *title, std::vector<Number> &numbers) {
  if (!words.consume(title))
    return false;
  while (std::optional<int64_t> number = words.takeNumber()) {
    if (*number != static_cast<int64_t>(static_cast<Number>(*number)))
      return false;
    numbers.push_back(static_cast<Number>(*number));
  }
  return true;
}

bool takeShape(Words &words, TensorMapRecipe &recipe) {
  if (recipe.mode == TensorMapMode::Tiled)
    return takeList(words, "box", recipe.box);
  std::vector<uint32_t> sizes;
  if (!takeList(words, "lower", recipe.lowerCorner) ||
      !takeList(words, "upper", recipe.upperCorner) || !takeList(words, "column", sizes) ||
      sizes.size() != 2)
    return false;
  recipe.channelsPerPixel = sizes[0];
  recipe.pixelsPerColumn = sizes[1];
  return true;
}

} // namespace

std::string tconv::toString(const TensorMapRecipe &recipe) {
  std::string text = nameIn(modeNames, recipe.mode) + " " + nameIn(typeNames, recipe.type);
  if (recipe.mode == TensorMapMode::Tiled)
    text += list("box", recipe.box);
  else
    text += list("lower", recipe.lowerCorner) + list("upper", recipe.upperCorner) + " column " +
            std::to_string(recipe.channelsPerPixel) + " " + std::to_string(recipe.pixelsPerColumn);
  return text + list("steps", recipe.steps) + " swizzle " + nameIn(swizzleNames, recipe.swizzle) +
         " promotion " + nameIn(promotionNames, recipe.promotion) + " fill " +
         nameIn(fillNames, recipe.fill);
}

std::optional<TensorMapRecipe> tconv::parseTensorMapRecipe(Words &words) {
  TensorMapRecipe recipe;
  bool valid = takeName(words, modeNames, recipe.mode) && takeName(words, typeNames, recipe.type) &&
               takeShape(words, recipe) && takeList(words, "steps", recipe.steps) &&
               words.consume("swizzle") && takeName(words, swizzleNames, recipe.swizzle) &&
               words.consume("promotion") && takeName(words, promotionNames, recipe.promotion) &&
               words.consume("fill") && takeName(words, fillNames, recipe.fill) && words.atEnd();
  return valid ? std::optional(std::move(recipe)) : std::nullopt;
}
