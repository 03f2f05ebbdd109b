//===- BoundedTest.cpp - Numbers that are known up to a bound -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Bounded.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace tconv;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Numbers of many sizes, some of them exact.
class Random {
public:
  double number() {
    return std::ldexp(unit(engine), std::uniform_int_distribution<int>(-8, 4)(engine));
  }
  Bounded bounded() {
    bool exact = std::uniform_int_distribution<int>(0, 3)(engine) == 0;
    return {number(), exact ? 0 : std::abs(number())};
  }
  /// Anywhere in the interval, its ends among them.
  double within(const Bounded &x) {
    double place = std::clamp(unit(engine) * 1.2, -1.0, 1.0);
    return x.value + place * x.bound;
  }

private:
  std::mt19937 engine{7};
  std::uniform_real_distribution<double> unit{-1, 1};
};

/// Whether a number may stand for `x`; a little more than the bound is rounding of this test.
bool holds(const Bounded &x, double number) {
  if (x.bound == infinity || (std::isnan(x.value) && std::isnan(number)) || x.value == number)
    return true;
  return std::abs(x.value - number) <= x.bound * (1 + 1e-12) + 1e-300;
}

// Whatever is in the intervals of the arguments, the result is in that of the result.
TEST(Bounded, HoldsWhatAFunctionMakesOfItsInterval) {
  Random random;
  Unary monotone[] = {[](double x) { return std::exp(x); }, [](double x) { return std::tanh(x); },
                      [](double x) { return -x; },          [](double x) { return std::floor(x); },
                      [](double x) { return std::log(x); }, [](double x) { return std::sqrt(x); }};
  Unary even[] = {[](double x) { return std::abs(x); }, [](double x) { return std::cosh(x); }};
  Unary periodic[] = {[](double x) { return std::sin(x); }, [](double x) { return std::cos(x); }};
  for (int i = 0; i < 20000; ++i) {
    Bounded x = random.bounded();
    double number = random.within(x);
    for (const Unary &f : monotone)
      EXPECT_TRUE(holds(applyMonotone(f, x), f(number))) << x.value << " " << x.bound;
    for (const Unary &f : even)
      EXPECT_TRUE(holds(applyEven(f, x), f(number))) << x.value << " " << x.bound;
    for (const Unary &f : periodic)
      EXPECT_TRUE(holds(applyPeriodic(f, x), f(number))) << x.value << " " << x.bound;
  }
}

TEST(Bounded, HoldsWhatAFunctionMakesOfTwoIntervals) {
  Random random;
  Binary monotone[] = {[](double x, double y) { return x + y; },
                       [](double x, double y) { return x * y; },
                       [](double x, double y) { return std::max(x, y); }};
  int finite = 0;
  for (int i = 0; i < 20000; ++i) {
    Bounded x = random.bounded(), y = random.bounded();
    double a = random.within(x), b = random.within(y);
    for (const Binary &f : monotone)
      EXPECT_TRUE(holds(applyMonotone(f, x, y), f(a, b)));
    Bounded quotient = divide(x, y);
    EXPECT_TRUE(holds(quotient, a / b)) << x.value << " " << x.bound << " / " << y.value;
    finite += quotient.bound < infinity;
    EXPECT_TRUE(holds(widen(x, y), a));
    EXPECT_TRUE(holds(widen(x, y), b));
  }
  EXPECT_GT(finite, 5000);
}

// A bound is no larger than it need be: exact stays exact, and a sum of two is the sum of theirs.
TEST(Bounded, IsTight) {
  Unary negate = [](double x) { return -x; };
  EXPECT_EQ(applyMonotone(negate, {3, 0}).bound, 0);
  EXPECT_EQ(applyMonotone(negate, {3, 0.5}).bound, 0.5);
  Binary add = [](double x, double y) { return x + y; };
  EXPECT_EQ(applyMonotone(add, {3, 0.5}, {4, 0.25}).bound, 0.75);
  EXPECT_EQ(applyEven([](double x) { return std::abs(x); }, {-3, 0.5}).bound, 0.5);
  // Across the corner of a relu, only the rising side counts.
  Unary relu = [](double x) { return std::max(x, 0.0); };
  EXPECT_EQ(applyMonotone(relu, {-1, 0.5}).bound, 0);
  EXPECT_EQ(applyMonotone(relu, {-0.25, 0.5}).bound, 0.25);
}

TEST(Bounded, RoundingAddsHalfOfALastPlace) {
  for (auto [type, roundoff] : {std::pair(ElementType::F32, 0x1p-24),
                                {ElementType::F16, 0x1p-11},
                                {ElementType::BF16, 0x1p-8},
                                {ElementType::F64, 0x1p-53}}) {
    Bounded one = rounded(type, {1, 0});
    EXPECT_GE(one.bound, roundoff);
    EXPECT_LE(one.bound, 2.01 * roundoff);
    std::mt19937 engine(3);
    std::uniform_real_distribution<double> numbers(-4, 4);
    for (int i = 0; i < 1000; ++i) {
      double number = numbers(engine);
      EXPECT_TRUE(holds(rounded(type, {number, 0}), roundTo(type, number)));
    }
  }
}

TEST(Bounded, NumbersThatMayOverflowAreUnknownAndThoseThatDoAreInfinite) {
  EXPECT_EQ(rounded(ElementType::F16, {65500, 100}).bound, infinity);
  Bounded beyond = rounded(ElementType::F16, {-1e6, 1});
  EXPECT_EQ(beyond.value, -infinity);
  EXPECT_EQ(beyond.bound, 0);
  EXPECT_LT(rounded(ElementType::BF16, {1e6, 1}).bound, 1e4);
}

// An interval without an end holds a nan as well, which no function takes back.
TEST(Bounded, TheUnknownStaysUnknown) {
  Bounded unknown{1, infinity};
  Unary tanh = [](double x) { return std::tanh(x); };
  EXPECT_EQ(applyMonotone(tanh, unknown).bound, infinity);
  EXPECT_EQ(applyEven(tanh, unknown).bound, infinity);
  EXPECT_EQ(applyPeriodic(tanh, unknown).bound, infinity);
  EXPECT_EQ(
      applyMonotone([](double x, double y) { return std::fmax(x, y); }, unknown, {0, 0}).bound,
      infinity);
  EXPECT_EQ(divide({1, 0.5}, {0, 0.5}).bound, infinity);
  EXPECT_EQ(rounded(ElementType::F32, unknown).bound, infinity);
}

} // namespace
