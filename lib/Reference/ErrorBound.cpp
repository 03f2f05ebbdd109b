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

/// The unit roundoff and the smallest subnormal number of a format.
struct Precision {
  double roundoff, smallest;
};

constexpr Precision f64 = {0x1p-53, 0x1p-1074};
constexpr Precision f32 = {0x1p-24, 0x1p-149};

Precision precisionOf(ElementType type) {
  switch (type) {
  case ElementType::F16:
    return {0x1p-11, 0x1p-24};
  case ElementType::BF16:
    return {0x1p-8, 0x1p-133};
  case ElementType::F32:
    return f32;
  default:
    return f64;
  }
}

double gamma(int64_t terms, double roundoff) {
  double sum = static_cast<double>(terms) * roundoff;
  return sum < 1 ? sum / (1 - sum) : INFINITY;
}

} // namespace

double errorBound(ElementType type, double value, double magnitude, int64_t terms,
                  double factorError) {
  // Nothing was added, or nothing but zeros: also no infinity times zero below.
  if (!isFloat(type) || magnitude == 0)
    return 0;
  const Precision accumulator = type == ElementType::F64 ? f64 : f32;
  const Precision result = precisionOf(type);
  double relative = gamma(terms, accumulator.roundoff) + gamma(terms, f64.roundoff);
  relative += (2 + factorError) * factorError;
  double sum = relative * magnitude + static_cast<double>(terms) * accumulator.smallest;
  return sum + result.roundoff * (std::abs(value) + sum) + result.smallest;
}

} // namespace tconv
