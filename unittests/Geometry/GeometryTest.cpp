//===- GeometryTest.cpp - Numbers, messages and overflow ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Geometry/Geometry.h"

#include <gtest/gtest.h>

#include <limits>

using namespace tconv;

static constexpr int64_t maximum = std::numeric_limits<int64_t>::max();
static constexpr int64_t minimum = std::numeric_limits<int64_t>::min();

static DimAttributes stridePadding(int64_t stride, int64_t padding) {
  return {stride, padding, padding, 1, 0};
}

// The sizes of the worked examples, whose tables test/Execution/examples.mlir checks.
TEST(Geometry, WorkedExamples) {
  EXPECT_EQ(computeOutputSize(4, 4, stridePadding(2, 1)), 8);
  EXPECT_EQ(computeOutputSize(2, 2, stridePadding(1, 0)), 3);
  EXPECT_EQ(computeOutputSize(2, 2, stridePadding(1, 1)), 1);
  EXPECT_EQ(computeOutputSize(2, 2, stridePadding(2, 0)), 4);
  EXPECT_EQ(computeOutputSize(2, 2, stridePadding(2, 1)), 2);
  EXPECT_EQ(computeOutputSize(2, 2, stridePadding(2, 2)), 0);
}

// The message has the formula, the numbers put in, and what comes out.
TEST(Geometry, DescribeOutputSize) {
  const std::string formula = "(I - 1)*s - pb - pe + d*(K - 1) + op + 1 = ";
  EXPECT_EQ(describeOutputSize(4, 4, stridePadding(2, 1)),
            formula + "(4 - 1)*2 - 1 - 1 + 1*(4 - 1) + 0 + 1 = 8");
  EXPECT_EQ(describeOutputSize(2, 2, stridePadding(2, 2)),
            formula + "(2 - 1)*2 - 2 - 2 + 1*(2 - 1) + 0 + 1 = 0");
}

// Without sizes the formula keeps their letters, for messages about dynamic ones.
TEST(Geometry, DescribeOutputSizeWithoutSizes) {
  EXPECT_EQ(describeOutputSize(stridePadding(2, 1)), "(I - 1)*2 - 1 - 1 + 1*(K - 1) + 0 + 1");
}

// Two minus signs in a row do not occur, nor does the smallest number wrap.
TEST(Geometry, DescribeNegativePadding) {
  const std::string formula = "(I - 1)*s - pb - pe + d*(K - 1) + op + 1 = ";
  EXPECT_EQ(describeOutputSize(1, 1, {1, -3, 2, 1, 0}),
            formula + "(1 - 1)*1 + 3 - 2 + 1*(1 - 1) + 0 + 1 = 2");
  EXPECT_EQ(describeOutputSize(1, 1, {1, minimum, 0, 1, 0}),
            formula + "(1 - 1)*1 + 9223372036854775808 - 0 + 1*(1 - 1) + 0 + 1, "
                      "which overflows 64 bits");
}

// Every term of the formula can be what overflows.
TEST(Geometry, OutputSizeOverflows) {
  EXPECT_EQ(computeOutputSize(maximum, 1, {2, 0, 0, 1, 0}), std::nullopt);
  EXPECT_EQ(computeOutputSize(1, maximum, {1, 0, 0, 2, 0}), std::nullopt);
  EXPECT_EQ(computeOutputSize(1, 1, {1, minimum, 0, 1, 0}), std::nullopt);
  EXPECT_EQ(computeOutputSize(1, 1, {1, maximum, maximum, 1, 0}), std::nullopt);
  EXPECT_EQ(computeOutputSize(1, 1, {maximum, 0, 0, 1, maximum - 1}), std::nullopt);
  EXPECT_EQ(computeOutputSize(maximum, 1, {1, 0, maximum - 1, 1, 0}), std::nullopt);
}

// Large attributes that cancel are no overflow, and rows still come out.
TEST(Geometry, LargePaddingThatCancels) {
  DimAttributes attributes{1, int64_t(1) << 60, -(int64_t(1) << 60), 1, 0};
  ASSERT_EQ(computeOutputSize(3, 1, attributes), 3);
  DimGeometry dim{attributes, 3, 1, 3};
  EXPECT_EQ(dim.row(0).qBegin, dim.row(0).qEnd);
  EXPECT_EQ(dim.pairsInside(), 0);
  EXPECT_EQ(dim.insertion().count, 0);
}

// The house example: two phases of two taps each, all outputs covered.
TEST(Geometry, PhasesOfTheHouseExample) {
  DimGeometry dim{stridePadding(2, 1), 4, 4, 8};
  EXPECT_EQ(dim.numRows(), 2);
  EXPECT_TRUE(dim.rowsCoverOutput());
  PhaseRow even = dim.row(0);
  EXPECT_EQ(even.taps, 2);
  EXPECT_EQ(even.residue, 0);
  EXPECT_EQ(even.qEnd - even.qBegin, 4);
}

// With gcd(s, d) = 2 the odd outputs have no tap at all.
TEST(Geometry, PhasesWithoutTaps) {
  DimGeometry dim{{4, 0, 0, 2, 0}, 2, 3, 9};
  EXPECT_EQ(dim.attributes.tapStep(), 2);
  EXPECT_EQ(dim.attributes.inputStep(), 1);
  EXPECT_EQ(dim.numRows(), 2);
  EXPECT_FALSE(dim.rowsCoverOutput());
}

// Counts of the whole layer: 1 x 1 channels, 4x4 input, 4x4 kernel, borders cut.
TEST(Geometry, Counts) {
  auto attributes = std::vector<DimAttributes>(2, stridePadding(2, 1));
  Result<Geometry> layer = Geometry::create(1, 1, 1, 1, {4, 4}, {4, 4}, attributes);
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->numPhases(), 4);
  EXPECT_EQ(layer->usefulMultiplyAdds(), 14 * 14);
  EXPECT_EQ(layer->zeroInsertionMultiplyAdds(), 8 * 8 * 4 * 4);
}

// Groups divide the channels that meet.
TEST(Geometry, CountsWithGroups) {
  Result<Geometry> layer = Geometry::create(2, 6, 12, 3, {1}, {1}, {DimAttributes()});
  ASSERT_TRUE(layer);
  EXPECT_EQ(layer->usefulMultiplyAdds(), 2 * 6 * 4);
}

// An empty result names its dimension and gives the formula.
TEST(Geometry, EmptyOutputIsAnError) {
  auto attributes = std::vector<DimAttributes>{stridePadding(1, 0), stridePadding(2, 2)};
  Result<Geometry> layer = Geometry::create(1, 1, 1, 1, {2, 2}, {2, 2}, attributes);
  ASSERT_FALSE(layer);
  EXPECT_EQ(layer.error().message,
            "expected an output size of at least 1 in spatial dimension 1, got " +
                describeOutputSize(2, 2, attributes[1]));
}

// Counts beyond 2^53 keep their magnitude, and print without a fraction.
TEST(Geometry, FormatCount) {
  EXPECT_EQ(formatCount(0), "0");
  EXPECT_EQ(formatCount(196), "196");
  EXPECT_EQ(formatCount(0x1p70), "1180591620717411303424");
}
