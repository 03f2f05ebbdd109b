//===- Bounded.cpp - Numbers that are known up to a bound -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function that is monotone in each argument has its extremes in the corners of a box.
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Bounded.h"

#include "tconv/Reference/Reference.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tconv {
namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

/// How far apart two results may be; a nan is far from everything but itself.
double distance(double a, double b) {
  if (a == b || (std::isnan(a) && std::isnan(b)))
    return 0;
  double difference = std::abs(a - b);
  return std::isnan(difference) ? unknown : difference;
}

bool isUnknown(const Bounded &x) { return x.bound == unknown; }

/// The value of a function at the middle, bounded by its values elsewhere.
Bounded around(double value, std::initializer_list<double> others) {
  Bounded result{value, 0};
  for (double other : others)
    result.bound = std::max(result.bound, distance(value, other));
  return result;
}

} // namespace

Bounded widen(Bounded number, const Bounded &other) {
  number.bound = std::max(number.bound, distance(number.value, other.value) + other.bound);
  return number;
}

Bounded rounded(ElementType type, Bounded number, double ulps) {
  if (std::isnan(number.value) || std::isinf(number.value) || number.bound == unknown)
    return number;
  // The reference itself computes in f64, and rounds once as well.
  const double magnitude = std::abs(number.value) + number.bound;
  number.bound +=
      ulps * roundingError(type, magnitude) + roundingError(ElementType::F64, magnitude);
  auto overflows = [&](double value) { return std::isinf(roundTo(type, value)); };
  if (overflows(number.low()) && overflows(number.high()) && number.low() * number.high() > 0)
    return {std::copysign(unknown, number.value), 0};
  if (overflows(number.low()) || overflows(number.high()))
    number.bound = unknown;
  return number;
}

Bounded applyMonotone(const Unary &function, const Bounded &x) {
  if (x.isExact() || isUnknown(x)) // which may be a nan as well
    return {function(x.value), x.bound};
  return around(function(x.value), {function(x.low()), function(x.high())});
}

Bounded applyEven(const Unary &function, const Bounded &x) {
  Bounded result = applyMonotone(function, x);
  if (!isUnknown(x) && x.low() < 0 && x.high() > 0)
    result = widen(result, {function(0), 0});
  return result;
}

Bounded applyPeriodic(const Unary &function, const Bounded &x) {
  return {function(x.value), isUnknown(x) ? unknown : std::min(x.bound, 2.0)};
}

Bounded applyMonotone(const Binary &function, const Bounded &x, const Bounded &y) {
  if ((x.isExact() && y.isExact()) || isUnknown(x) || isUnknown(y))
    return {function(x.value, y.value), std::max(x.bound, y.bound)};
  return around(function(x.value, y.value),
                {function(x.low(), y.low()), function(x.low(), y.high()),
                 function(x.high(), y.low()), function(x.high(), y.high())});
}

Bounded applyExact(const Binary &function, const Bounded &x, const Bounded &y) {
  return {function(x.value, y.value), x.isExact() && y.isExact() ? 0 : unknown};
}

Bounded divide(const Bounded &x, const Bounded &y) {
  auto quotient = [](double a, double b) { return a / b; };
  bool crossesZero = y.low() <= 0 && y.high() >= 0;
  return crossesZero ? applyExact(quotient, x, y) : applyMonotone(quotient, x, y);
}

} // namespace tconv
