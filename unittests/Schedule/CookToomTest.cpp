//===- CookToomTest.cpp - That short convolutions are convolutions --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/CookToom.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

template <typename Visit> void forEachTransform(Visit visit) {
  for (int64_t outputs = 1; outputs <= 6; ++outputs)
    for (int64_t taps = 1; taps <= 9; ++taps)
      if (CookToom::exists(outputs, taps))
        visit(CookToom::create(outputs, taps));
}

/// What output i takes of tap j times element l of the window.
Rational weight(const CookToom &toom, size_t i, size_t j, size_t l) {
  Rational sum;
  for (size_t product = 0; product < toom.filter.size(); ++product)
    sum = sum + toom.output[i][product] * toom.filter[product][j] * toom.input[product][l];
  return sum;
}

bool isPowerOfTwo(int64_t number) { return (number & (number - 1)) == 0; }

/// Exactly, in rationals: output i is the sum of tap j times element i + j.
TEST(CookToom, IsACorrelation) {
  forEachTransform([](const CookToom &toom) {
    for (int64_t i = 0; i < toom.outputs; ++i)
      for (int64_t j = 0; j < toom.taps; ++j)
        for (int64_t l = 0; l < toom.window(); ++l)
          EXPECT_EQ(weight(toom, i, j, l), Rational(l == i + j))
              << "F(" << toom.outputs << ", " << toom.taps << ") at " << i << ", " << j << ", "
              << l;
  });
}

/// Fewer products than the definition, unless an output or a tap is alone.
TEST(CookToom, HasFewProducts) {
  forEachTransform([](const CookToom &toom) {
    EXPECT_EQ(toom.products(), toom.outputs + toom.taps - 1);
    EXPECT_EQ(static_cast<int64_t>(toom.input.size()), toom.products());
    EXPECT_EQ(static_cast<int64_t>(toom.filter.size()), toom.products());
  });
  EXPECT_TRUE(CookToom::exists(3, 2));
  EXPECT_FALSE(CookToom::exists(3, 9));
}

/// Numbers that x and sums are multiplied by are powers of two or sums of few: they are exact in
/// any type. Up to four products, those of the filter are, too.
TEST(CookToom, ScalesByExactNumbers) {
  forEachTransform([](const CookToom &toom) {
    for (const RationalMatrix *matrix : {&toom.input, &toom.output})
      for (const auto &row : *matrix)
        for (Rational factor : row)
          EXPECT_TRUE(isPowerOfTwo(factor.denominator()));
    for (const auto &row : toom.filter)
      for (Rational factor : row)
        EXPECT_TRUE(toom.products() > 4 || isPowerOfTwo(factor.denominator()));
  });
}

TEST(CookToom, AddsTermsFromAOneOn) {
  const std::vector<RowTerm> terms = orderTerms({0, -1, 0, 1, Rational(1, 2)});
  ASSERT_EQ(terms.size(), 3u);
  EXPECT_EQ(terms[0].column, 3u);
  EXPECT_EQ(terms[1].column, 1u);
  EXPECT_EQ(terms[2].factor, Rational(1, 2));
}

TEST(Rational, IsInLowestTerms) {
  EXPECT_EQ(Rational(6, -4), Rational(-3, 2));
  EXPECT_EQ(Rational(1, 3) + Rational(1, 6), Rational(1, 2));
  EXPECT_EQ(Rational(2, 3) / Rational(-4, 9), Rational(-3, 2));
  EXPECT_EQ(Rational(0, -7).denominator(), 1);
}

} // namespace
