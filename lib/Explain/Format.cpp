//===- Format.cpp - Numbers and indices as text ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//

#include "Format.h"

#include <charconv>
#include <cmath>

using namespace tconv;
using namespace tconv::explain;

namespace {

/// Longer numbers are written with an exponent.
constexpr double largestPlain = 1e15;
constexpr double smallestPlain = 1e-5;

template <typename Float> std::string shortestDigits(Float value) {
  char buffer[64];
  double magnitude = std::abs(static_cast<double>(value));
  bool plain = magnitude == 0 || (smallestPlain <= magnitude && magnitude < largestPlain);
  std::to_chars_result end =
      plain ? std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof(buffer), value);
  return std::string(buffer, end.ptr);
}

} // namespace

std::string explain::formatNumber(double value, ElementType type) {
  if (std::isnan(value))
    return "nan";
  if (std::isinf(value))
    return value < 0 ? "-inf" : "inf";
  if (!isFloat(type) || type == ElementType::F64)
    return shortestDigits(value);
  auto narrow = static_cast<float>(value);
  if (std::isinf(narrow))
    return narrow < 0 ? "-inf" : "inf";
  return shortestDigits(narrow);
}

std::string explain::formatNarrow(double value, ElementType type, size_t width) {
  std::string text = formatNumber(value, type);
  for (int digits = 6; text.size() > width && std::isfinite(value) && digits > 0; --digits) {
    char buffer[64];
    std::to_chars_result end =
        std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, digits);
    text.assign(buffer, end.ptr);
  }
  return text.size() <= width ? text : "";
}

std::string explain::joinNumbers(const std::vector<int64_t> &numbers, const char *separator) {
  std::string text;
  for (size_t i = 0; i < numbers.size(); ++i)
    text += (i == 0 ? "" : separator) + std::to_string(numbers[i]);
  return text;
}

std::string explain::plural(int64_t count, const std::string &word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

std::string explain::dimName(int64_t dim, int64_t numDims) {
  if (numDims == 1)
    return "position";
  const char *const names[] = {"column", "row", "depth"};
  int64_t fromLast = numDims - 1 - dim;
  return fromLast < 3 ? names[fromLast] : "dimension " + std::to_string(dim);
}

Names::Names(const Layer &layer)
    : withChannels(layer.geometry.batch > 1 || layer.geometry.inputChannels > 1 ||
                   layer.geometry.outputChannels > 1),
      outputsPerGroup(layer.geometry.outputChannels / layer.geometry.groups) {}

static std::string nameOf(const char *name, bool withChannels, int64_t first, int64_t second,
                          const Position &position) {
  std::string channels =
      withChannels ? std::to_string(first) + "," + std::to_string(second) + "," : "";
  return std::string(name) + "[" + channels + joinNumbers(position, ",") + "]";
}

std::string Names::x(const ElementIndex &index) const {
  return nameOf("x", withChannels, index.batch, index.channel, index.position);
}

std::string Names::w(int64_t inputChannel, int64_t outputChannel, const Position &tap) const {
  return nameOf("w", withChannels, inputChannel, outputChannel % outputsPerGroup, tap);
}

std::string Names::w(const Term &term, const ElementIndex &output) const {
  return w(term.input.channel, output.channel, term.tap);
}

std::string Names::y(const ElementIndex &index) const {
  return nameOf("y", withChannels, index.batch, index.channel, index.position);
}
