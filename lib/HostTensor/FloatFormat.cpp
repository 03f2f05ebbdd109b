//===- FloatFormat.cpp - How NumPy writes floating-point numbers *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Follows FloatingFormat of numpy/core/arrayprint.py, and in the digits the Dragon4
// algorithm that NumPy uses: as many digits as it takes to tell the number from its
// neighbours of the same type, at most a given number of them, correctly rounded.
//
//===----------------------------------------------------------------------===//

#include "FloatFormat.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace tconv {
namespace {

/// NumPy's default of digits after the decimal point.
constexpr int precision = 8;
/// Enough significant digits for any double.
constexpr int maxDigits = 17;

/// digits[0].digits[1]digits[2]... times ten to the `exponent`.
struct Decimal {
  std::string digits;
  int exponent;
};

/// |value| rounded to `count` significant digits.
Decimal rounded(double value, int count) {
  char text[64];
  char *end = std::to_chars(text, text + sizeof(text), std::abs(value),
                            std::chars_format::scientific, count - 1)
                  .ptr;
  char *e = std::find(text, end, 'e');
  Decimal decimal{std::string(text, e), 0};
  std::erase(decimal.digits, '.');
  std::from_chars(e + (e[1] == '+' ? 2 : 1), end, decimal.exponent);
  return decimal;
}

/// One more in the last digit.
Decimal incremented(Decimal decimal) {
  size_t last = decimal.digits.find_last_not_of('9');
  if (last == std::string::npos) {
    std::fill(decimal.digits.begin(), decimal.digits.end(), '0');
    decimal.digits[0] = '1';
    ++decimal.exponent;
    return decimal;
  }
  ++decimal.digits[last];
  std::fill(decimal.digits.begin() + last + 1, decimal.digits.end(), '0');
  return decimal;
}

/// Whether reading `decimal` as `type` gives |value|.
bool identifies(const Decimal &decimal, double value, ElementType type) {
  std::string text = decimal.digits.substr(0, 1) + "." + decimal.digits.substr(1) + "e" +
                     std::to_string(decimal.exponent);
  const char *end = text.data() + text.size();
  if (type == ElementType::F32) { // a detour by double would round twice
    float parsed = 0;
    std::from_chars(text.data(), end, parsed);
    return parsed == std::abs(value);
  }
  double parsed = 0;
  std::from_chars(text.data(), end, parsed);
  return roundTo(type, parsed) == std::abs(value);
}

/// `count` digits as Dragon4 ends there: below a power of two the neighbours are
/// nearer than above, so that only the upper candidate may identify the number.
Decimal lastRounded(double value, ElementType type, int count) {
  Decimal nearest = rounded(value, count);
  if (identifies(nearest, value, type))
    return nearest;
  Decimal upper = incremented(nearest);
  return identifies(upper, value, type) ? upper : nearest;
}

/// The fewest digits that identify the number, from `first` up to `count` of them.
Decimal shortest(double value, ElementType type, int first, int count) {
  for (int digits = first; digits < count; ++digits) {
    Decimal decimal = lastRounded(value, type, digits);
    if (value == 0 || identifies(decimal, value, type))
      return decimal;
  }
  Decimal decimal = lastRounded(value, type, count);
  decimal.digits.erase(std::max<size_t>(decimal.digits.find_last_not_of('0') + 1, 1));
  return decimal;
}

/// The parts of a number around the decimal point, as they are written.
struct Parts {
  std::string integer, fraction;
};

Parts positionalParts(double value, ElementType type, int first, int count) {
  Decimal decimal = shortest(value, type, first, count);
  std::string sign = std::signbit(value) ? "-" : "";
  std::string &digits = decimal.digits;
  if (decimal.exponent < 0)
    return {sign + "0", value == 0 ? "" : std::string(-decimal.exponent - 1, '0') + digits};
  size_t integerDigits = decimal.exponent + 1;
  if (digits.size() < integerDigits)
    digits.append(integerDigits - digits.size(), '0');
  return {sign + digits.substr(0, integerDigits), value == 0 ? "" : digits.substr(integerDigits)};
}

/// Between all digits before the decimal point and `precision` digits after it.
Parts positionalParts(double value, ElementType type) {
  int integerDigits = rounded(value, maxDigits).exponent + 1;
  return positionalParts(value, type, std::max(integerDigits, 1),
                         std::clamp(integerDigits + precision, 1, maxDigits));
}

/// "e-05": at least `width` digits.
std::string exponentText(int exponent, size_t width) {
  std::string digits = std::to_string(std::abs(exponent));
  std::string zeros(width - std::min(width, digits.size()), '0');
  return (exponent < 0 ? "e-" : "e+") + zeros + digits;
}

std::string nonFiniteText(double value) {
  return std::isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";
}

/// Whether NumPy (2.0 to 2.3) changes to scientific notation. It divides in the type of
/// the array and rounds the limits to it.
bool needsScientific(const std::vector<double> &finite, ElementType type) {
  double largest = 0, smallest = INFINITY;
  for (double value : finite) {
    if (value == 0)
      continue;
    largest = std::max(largest, std::abs(value));
    smallest = std::min(smallest, std::abs(value));
  }
  if (largest == 0)
    return false;
  return largest >= roundTo(type, 1e8) || smallest < roundTo(type, 1e-4) ||
         roundTo(type, largest / smallest) > 1000;
}

} // namespace

FloatFormat::FloatFormat(const std::vector<double> &shown, ElementType type) : type(type) {
  std::vector<double> finite;
  std::copy_if(shown.begin(), shown.end(), std::back_inserter(finite),
               [](double value) { return std::isfinite(value); });
  scientific = needsScientific(finite, type);
  if (scientific)
    chooseScientific(finite);
  else
    choosePositional(finite);
  makeRoomForNonFinite(shown);
}

void FloatFormat::chooseScientific(const std::vector<double> &finite) {
  for (double value : finite) {
    Decimal decimal = shortest(value, type, 1, precision + 1);
    fraction = std::max(fraction, decimal.digits.size() - 1);
    exponentWidth = std::max(exponentWidth, exponentText(decimal.exponent, 2).size() - 2);
    padLeft = std::max<size_t>(padLeft, std::signbit(value) ? 2 : 1);
  }
  padRight = exponentWidth + 2 + fraction;
}

void FloatFormat::choosePositional(const std::vector<double> &finite) {
  for (double value : finite) {
    Parts parts = positionalParts(value, type);
    padLeft = std::max(padLeft, parts.integer.size());
    padRight = std::max(padRight, parts.fraction.size());
  }
}

void FloatFormat::makeRoomForNonFinite(const std::vector<double> &shown) {
  size_t behind = padRight + 1; // with the decimal point
  for (double value : shown) {
    size_t width = std::isfinite(value) ? 0 : nonFiniteText(value).size();
    padLeft = std::max(padLeft, width - std::min(width, behind));
  }
}

std::string FloatFormat::format(double value) const {
  if (!std::isfinite(value)) {
    std::string text = nonFiniteText(value);
    return std::string(padLeft + padRight + 1 - text.size(), ' ') + text;
  }
  if (!scientific) {
    Parts parts = positionalParts(value, type);
    return std::string(padLeft - parts.integer.size(), ' ') + parts.integer + "." + parts.fraction +
           std::string(padRight - parts.fraction.size(), ' ');
  }
  Decimal decimal = lastRounded(value, type, static_cast<int>(fraction) + 1);
  std::string integer = (std::signbit(value) ? "-" : "") + decimal.digits.substr(0, 1);
  return std::string(padLeft - integer.size(), ' ') + integer + "." + decimal.digits.substr(1) +
         exponentText(decimal.exponent, exponentWidth);
}

std::string formatFloatScalar(double value, ElementType type) {
  if (!std::isfinite(value))
    return nonFiniteText(value);
  double magnitude = std::abs(value);
  if (value == 0 || (magnitude >= 1e-4 && magnitude < 1e16)) {
    Parts parts = positionalParts(value, type, 1, maxDigits);
    return parts.integer + "." + (parts.fraction.empty() ? "0" : parts.fraction);
  }
  Decimal decimal = shortest(value, type, 1, maxDigits);
  std::string fraction = decimal.digits.substr(1);
  return (value < 0 ? "-" : "") + decimal.digits.substr(0, 1) +
         (fraction.empty() ? "" : "." + fraction) + exponentText(decimal.exponent, 2);
}

} // namespace tconv
