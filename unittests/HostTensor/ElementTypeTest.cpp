//===- ElementTypeTest.cpp - Tests of the element types ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The 16-bit formats over all their bit patterns, and the rounding at the borders.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/ElementType.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

using namespace tconv;

TEST(ElementType, NamesAreParsedBack) {
  for (int i = 0; i <= static_cast<int>(ElementType::I1); ++i) {
    ElementType type = static_cast<ElementType>(i);
    EXPECT_EQ(parseElementType(name(type)), type);
  }
  EXPECT_EQ(parseElementType("f80"), std::nullopt);
  EXPECT_EQ(parseElementType(""), std::nullopt);
  EXPECT_EQ(name(ElementType::BF16), "bf16");
  EXPECT_EQ(byteSize(ElementType::BF16), 2);
  EXPECT_TRUE(isFloat(ElementType::BF16));
  EXPECT_FALSE(isFloat(ElementType::I64));
}

TEST(Half, EveryPatternSurvives) {
  for (uint32_t bits = 0; bits <= 0xffff; ++bits) {
    bool nan = (bits & 0x7fff) > 0x7c00;
    uint32_t expected = nan ? bits | 0x200 : bits;
    ASSERT_EQ(doubleToHalf(halfToDouble(bits)), expected) << bits;
    ASSERT_EQ(floatToHalf(halfToFloat(bits)), expected) << bits;
  }
}

TEST(Half, EveryMiddleRoundsToEven) {
  for (uint32_t bits = 0; bits < 0x7bff; ++bits) {
    double low = halfToDouble(bits), high = halfToDouble(bits + 1);
    double middle = (low + high) / 2; // exact
    ASSERT_EQ(doubleToHalf(middle), bits + (bits & 1)) << bits;
    ASSERT_EQ(doubleToHalf(std::nextafter(middle, 0)), bits) << bits;
    ASSERT_EQ(doubleToHalf(std::nextafter(middle, 1e9)), bits + 1) << bits;
  }
}

TEST(Half, KnownValues) {
  EXPECT_EQ(doubleToHalf(1.0), 0x3c00);
  EXPECT_EQ(doubleToHalf(-2.0), 0xc000);
  EXPECT_EQ(doubleToHalf(65504), 0x7bff);
  EXPECT_EQ(doubleToHalf(65519.99), 0x7bff);
  EXPECT_EQ(doubleToHalf(65520), 0x7c00);
  EXPECT_EQ(doubleToHalf(-1e300), 0xfc00);
  EXPECT_EQ(doubleToHalf(0x1p-24), 0x0001);
  EXPECT_EQ(doubleToHalf(0x1p-25), 0x0000);
  EXPECT_EQ(doubleToHalf(-5e-324), 0x8000);
  EXPECT_EQ(doubleToHalf(std::numeric_limits<double>::infinity()), 0x7c00);
  EXPECT_TRUE(std::isnan(halfToFloat(doubleToHalf(std::nan("")))));
}

TEST(Half, DoubleIsRoundedOnce) {
  // By way of float this would be a tie and go to the even 1.0.
  double value = 1 + 0x1p-11 + 0x1p-40;
  EXPECT_EQ(doubleToHalf(value), 0x3c01);
  EXPECT_EQ(floatToHalf(static_cast<float>(value)), 0x3c00);
}

TEST(Bfloat16, EveryPatternSurvives) {
  for (uint32_t bits = 0; bits <= 0xffff; ++bits) {
    bool nan = (bits & 0x7fff) > 0x7f80;
    uint32_t expected = nan ? bits | 0x40 : bits;
    ASSERT_EQ(doubleToBfloat16(bfloat16ToDouble(bits)), expected) << bits;
    if (!nan) {
      ASSERT_EQ(std::bit_cast<uint32_t>(bfloat16ToFloat(bits)), bits << 16);
    }
  }
}

TEST(Bfloat16, EveryMiddleRoundsToEven) {
  for (uint32_t bits = 0; bits < 0x7f7f; ++bits) {
    double middle = (bfloat16ToDouble(bits) + bfloat16ToDouble(bits + 1)) / 2;
    ASSERT_EQ(doubleToBfloat16(middle), bits + (bits & 1)) << bits;
    ASSERT_EQ(doubleToBfloat16(std::nextafter(middle, 0)), bits) << bits;
    ASSERT_EQ(doubleToBfloat16(std::nextafter(middle, 1e300)), bits + 1) << bits;
  }
  EXPECT_EQ(floatToBfloat16(std::numeric_limits<float>::max()), 0x7f80);
}
