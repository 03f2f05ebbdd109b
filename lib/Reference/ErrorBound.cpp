//===- ErrorBound.cpp - How far rounding may lead ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The forward error bound of floating-point summation; Reference.h gives the formula.
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Reference.h"

#include <cmath>

namespace tconv {
namespace {

/// The unit roundoff of a format, and what underflow may lose: less than the smallest
/// subnormal number.
struct Precision {
  double roundoff, smallest;
};

constexpr Precision f64 = {0x1p-53, 0x1p-1074};
constexpr Precision f32 = {0x1p-24, 0x1p-149};
/// Sums of bf16, whose instructions have no subnormal numbers.
constexpr Precision f32Flushed = {0x1p-24, 0x1p-126};

Precision precisionOf(ElementType type) {
  switch (type) {
  case ElementType::F16:
    return {0x1p-11, 0x1p-24};
  case ElementType::BF16:
    return {0x1p-8, 0x1p-126};
  case ElementType::F32:
    return f32;
  default:
    return f64;
  }
}

Precision sumPrecisionOf(ElementType type) {
  if (type == ElementType::BF16)
    return f32Flushed;
  return type == ElementType::F64 ? f64 : f32;
}

double gamma(int64_t terms, double roundoff) {
  double sum = static_cast<double>(terms) * roundoff;
  return sum < 1 ? sum / (1 - sum) : INFINITY;
}

} // namespace

double errorBound(ElementType type, double value, double magnitude, int64_t terms,
                  double factorError, double subnormal) {
  // Nothing was added, or nothing but zeros: also no infinity times zero below.
  if (!isFloat(type) || magnitude == 0)
    return 0;
  const Precision accumulator = sumPrecisionOf(type);
  double relative = gamma(terms, accumulator.roundoff) + gamma(terms, f64.roundoff);
  relative += (2 + factorError) * factorError;
  double sum = relative * magnitude + static_cast<double>(terms) * accumulator.smallest;
  if (std::isfinite(magnitude)) // else it is infinite already
    sum += subnormal;
  return sum + roundingError(type, std::abs(value) + sum);
}

double roundingError(ElementType type, double magnitude) {
  const Precision result = precisionOf(type);
  return result.roundoff * magnitude + result.smallest;
}

} // namespace tconv
