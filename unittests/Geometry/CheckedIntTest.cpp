//===- CheckedIntTest.cpp - Tests of integers that notice overflow -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Geometry/CheckedInt.h"

#include <gtest/gtest.h>

#include <limits>

using tconv::CheckedInt;

static const CheckedInt maximum(std::numeric_limits<int64_t>::max());
static const CheckedInt minimum(std::numeric_limits<int64_t>::min());
static const CheckedInt one(1);

// Each operation notices its own overflow.
TEST(CheckedInt, Overflow) {
  EXPECT_TRUE((maximum + one).overflowed());
  EXPECT_TRUE((minimum - one).overflowed());
  EXPECT_TRUE((maximum * 2).overflowed());
  EXPECT_TRUE((minimum * -1).overflowed());
}

// The largest numbers that fit are no overflow.
TEST(CheckedInt, Limits) {
  EXPECT_EQ((maximum - one + one).value(), maximum.value());
  EXPECT_EQ((minimum + one - one).value(), minimum.value());
}

// An overflow survives everything computed from it, even a return into range.
TEST(CheckedInt, OverflowSticks) {
  CheckedInt lost = maximum + one;
  for (const CheckedInt &number : {lost - one, lost * 0, floorDiv(lost, 2), ceilDiv(lost, 2),
                                   mod(lost, 2), min(lost, one), max(one, lost)})
    EXPECT_EQ(number.value(), std::nullopt);
}

// Division and remainder round as the Euclidean definition says, also below zero.
TEST(CheckedInt, Division) {
  for (int64_t a = -12; a <= 12; ++a)
    for (int64_t b = 1; b <= 5; ++b) {
      int64_t quotient = *floorDiv(CheckedInt(a), b).value();
      int64_t rest = *mod(CheckedInt(a), b).value();
      EXPECT_EQ(quotient * b + rest, a);
      EXPECT_TRUE(rest >= 0 && rest < b) << a << " mod " << b;
      EXPECT_EQ(ceilDiv(CheckedInt(a), b).value(), quotient + (rest != 0));
    }
}
