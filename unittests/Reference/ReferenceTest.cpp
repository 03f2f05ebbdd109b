//===- ReferenceTest.cpp - Tests of the reference ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Results worked out by hand, then the same sums by a second route: as a gather over
// the output instead of a scatter over the input.
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Reference.h"

#include "tconv/HostTensor/Compare.h"
#include "tconv/HostTensor/Random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

using namespace tconv;

using Sizes = std::vector<int64_t>;
using Values = std::vector<double>;

static HostTensor make(ElementType type, Sizes shape, const Values &values) {
  HostTensor tensor = std::move(*HostTensor::allocate(type, std::move(shape)));
  for (int64_t i = 0; i != tensor.numElements(); ++i)
    isFloat(type) ? tensor.set(i, values[i]) : tensor.setInt(i, static_cast<int64_t>(values[i]));
  return tensor;
}

static HostTensor floats(Sizes shape, const Values &values) {
  return make(ElementType::F32, std::move(shape), values);
}

/// The same numbers in every dimension.
static ConvTransposeAttributes uniform(size_t spatial, int64_t stride, int64_t padding) {
  return {Sizes(spatial, stride),
          Sizes(spatial, padding),
          Sizes(spatial, padding),
          Sizes(spatial, 1),
          Sizes(spatial, 0),
          1,
          false};
}

static Values numbers(const HostTensor &tensor) {
  Values values;
  for (int64_t i = 0; i != tensor.numElements(); ++i)
    values.push_back(tensor.at(i));
  return values;
}

static Values compute(const HostTensor &x, const HostTensor &w,
                      const ConvTransposeAttributes &attributes, const HostTensor *bias = nullptr) {
  Result<ReferenceResult> result = referenceConvTranspose(x, w, bias, attributes);
  EXPECT_TRUE(result.ok()) << result.message();
  return result.ok() ? numbers(result->value) : Values();
}

static std::string error(const HostTensor &x, const HostTensor &w,
                         const ConvTransposeAttributes &attributes,
                         const HostTensor *bias = nullptr) {
  Result<ReferenceResult> result = referenceConvTranspose(x, w, bias, attributes);
  return result.ok() ? "no error" : result.message();
}

TEST(Reference, OnesTimes1To16) {
  Values ramp(16);
  std::iota(ramp.begin(), ramp.end(), 1);
  HostTensor x = floats({1, 1, 4, 4}, Values(16, 1)), w = floats({1, 1, 4, 4}, ramp);
  Result<ReferenceResult> result = referenceConvTranspose(x, w, nullptr, uniform(2, 2, 1));
  ASSERT_TRUE(result.ok()) << result.message();
  EXPECT_EQ(result->value.typeString(), "1x1x8x8xf64");
  EXPECT_EQ(result->terms, 16);
  EXPECT_EQ(numbers(result->value), (Values{6,  12, 14, 12, 14, 12, 14, 7,  //
                                            12, 24, 28, 24, 28, 24, 28, 14, //
                                            20, 40, 44, 40, 44, 40, 44, 22, //
                                            12, 24, 28, 24, 28, 24, 28, 14, //
                                            20, 40, 44, 40, 44, 40, 44, 22, //
                                            12, 24, 28, 24, 28, 24, 28, 14, //
                                            20, 40, 44, 40, 44, 40, 44, 22, //
                                            10, 20, 22, 20, 22, 20, 22, 11}));
  EXPECT_EQ(numbers(result->magnitude), numbers(result->value));
}

TEST(Reference, TwoByTwo) {
  HostTensor x = floats({1, 1, 2, 2}, {2, 4, 0, 1}), w = floats({1, 1, 2, 2}, {3, 1, 1, 5});
  EXPECT_EQ(compute(x, w, uniform(2, 1, 0)), (Values{6, 14, 4, 2, 17, 21, 0, 1, 5}));
  EXPECT_EQ(compute(x, w, uniform(2, 1, 1)), (Values{17}));
  EXPECT_EQ(compute(x, w, uniform(2, 2, 0)),
            (Values{6, 2, 12, 4, 2, 10, 4, 20, 0, 0, 3, 1, 0, 0, 1, 5}));
  EXPECT_EQ(compute(x, w, uniform(2, 2, 1)), (Values{10, 4, 0, 3}));
  EXPECT_EQ(error(x, w, uniform(2, 2, 2)), "expected an output size of at least 1, got "
                                           "(2 - 1)*2 - 2 - 2 + 1*(2 - 1) + 0 + 1 = 0");
}

// x = [1, 10] and w = [1, 2, 3] in one dimension.
TEST(Reference, OneDimension) {
  HostTensor x = floats({1, 1, 2}, {1, 10}), w = floats({1, 1, 3}, {1, 2, 3});
  ConvTransposeAttributes a = uniform(1, 2, 0);
  EXPECT_EQ(compute(x, w, a), (Values{1, 2, 13, 20, 30}));
  a.outputPadding = {1};
  EXPECT_EQ(compute(x, w, a), (Values{1, 2, 13, 20, 30, 0}));
  a.outputPadding = {0};
  a.paddingBegin = {2}; // asymmetric
  EXPECT_EQ(compute(x, w, a), (Values{13, 20, 30}));
  a.paddingBegin = {-1}; // negative: nothing reaches the new elements
  a.paddingEnd = {-2};
  EXPECT_EQ(compute(x, w, a), (Values{0, 1, 2, 13, 20, 30, 0, 0}));
  a = uniform(1, 1, 0);
  a.dilation = {3};
  EXPECT_EQ(compute(x, w, a), (Values{1, 10, 0, 2, 20, 0, 3, 30}));
}

TEST(Reference, GroupsAndBias) {
  // Two groups of one input and two output channels each.
  HostTensor x = floats({1, 2, 2}, {1, 2, 3, 4}), w = floats({2, 2, 1}, {1, 10, 100, 1000});
  HostTensor bias = floats({4}, {0.5, 0, 0, -0.5});
  ConvTransposeAttributes a = uniform(1, 1, 0);
  a.groups = 2;
  EXPECT_EQ(compute(x, w, a, &bias), (Values{1.5, 2.5, 10, 20, 300, 400, 2999.5, 3999.5}));
}

TEST(Reference, MagnitudeAddsAbsoluteValues) {
  HostTensor x = floats({1, 2, 1}, {1, -2}), w = floats({2, 1, 1}, {3, 4});
  HostTensor bias = floats({1}, {-1});
  Result<ReferenceResult> result = referenceConvTranspose(x, w, &bias, uniform(1, 1, 0));
  ASSERT_TRUE(result.ok()) << result.message();
  EXPECT_EQ(numbers(result->value), (Values{-6}));
  EXPECT_EQ(numbers(result->magnitude), (Values{12}));
  EXPECT_EQ(result->terms, 3);
}

TEST(Reference, InfinityReachesItsKernelOnly) {
  HostTensor x = floats({1, 1, 3}, {1, INFINITY, 1}), w = floats({1, 1, 2}, {1, 0});
  Values y = compute(x, w, uniform(1, 2, 0));
  ASSERT_EQ(y.size(), 6u);
  EXPECT_EQ(y[0], 1);
  EXPECT_EQ(y[1], 0);
  EXPECT_EQ(y[2], INFINITY);
  EXPECT_TRUE(std::isnan(y[3])); // infinity times the zero of the kernel
  EXPECT_EQ(y[4], 1);
  EXPECT_EQ(y[5], 0);
}

TEST(Reference, Int8WrapsInInt32) {
  HostTensor x = make(ElementType::I8, {1, 1, 1}, {-128});
  HostTensor w = make(ElementType::I8, {1, 1, 2}, {-128, 127});
  HostTensor bias = make(ElementType::I32, {1}, {2147483647});
  Result<ReferenceResult> result = referenceConvTranspose(x, w, &bias, uniform(1, 1, 0));
  ASSERT_TRUE(result.ok()) << result.message();
  EXPECT_EQ(result->value.typeString(), "1x1x2xi32");
  EXPECT_EQ(result->value.intAt(0), -2147483648 + 16383);
  EXPECT_EQ(result->value.intAt(1), 2147483647 - 16256);
  EXPECT_EQ(result->magnitude.numElements(), 0);
}

TEST(Reference, ZeroPointsAreSubtractedFromBytes) {
  HostTensor x = make(ElementType::I8, {1, 1, 2}, {-1, 3});
  HostTensor w = make(ElementType::I8, {1, 1, 1}, {-128});
  ConvTransposeAttributes attributes = uniform(1, 1, 0);
  attributes.inputZeroPoint = 5;
  attributes.filterZeroPoint = 2;
  Result<ReferenceResult> asSigned = referenceConvTranspose(x, w, nullptr, attributes);
  attributes.inputUnsigned = true;
  Result<ReferenceResult> asUnsigned = referenceConvTranspose(x, w, nullptr, attributes);
  ASSERT_TRUE(asSigned.ok() && asUnsigned.ok());
  EXPECT_EQ(asSigned->value.intAt(0), -6 * -130);
  EXPECT_EQ(asSigned->value.intAt(1), -2 * -130);
  EXPECT_EQ(asUnsigned->value.intAt(0), 250 * -130);
  EXPECT_EQ(asUnsigned->value.intAt(1), -2 * -130);
}

TEST(Reference, Errors) {
  HostTensor x = floats({1, 2, 2}, {1, 2, 3, 4}), w = floats({2, 1, 1}, {1, 1});
  ConvTransposeAttributes good = uniform(1, 1, 0), bad = good;
  EXPECT_EQ(error(x, w, good), "no error");
  bad.groups = 3;
  EXPECT_EQ(error(x, w, bad),
            "expected a number of groups that divides the 2 input channels, got 3");
  bad = good;
  bad.filterZeroPoint = 1;
  EXPECT_EQ(error(x, w, bad), "expected an i8 input for zero points, got 1x2x2xf32");
  bad = good;
  bad.stride = {0};
  EXPECT_EQ(error(x, w, bad), "expected a stride and a dilation of at least 1, got 0 and 1");
  bad = good;
  bad.outputPadding = {1};
  EXPECT_EQ(error(x, w, bad), "expected an output padding from 0 to 0, got 1");
  bad = good;
  bad.paddingEnd = {INT64_MIN};
  EXPECT_EQ(error(x, w, bad), "expected numbers below 2^59 in the output size "
                              "(2 - 1)*1 - 0 - (-9223372036854775808) + 1*(1 - 1) + 0 + 1");
  EXPECT_EQ(error(x, w, uniform(2, 1, 0)), "expected 1 numbers in each attribute, got 2");
  HostTensor bias = floats({2}, {1, 1});
  EXPECT_EQ(error(x, w, good, &bias), "expected a bias of 1 elements, got 2xf32");
  EXPECT_EQ(error(x, floats({1, 1, 1}, {1}), good),
            "expected a filter of 2 input channels, got 1x1x1xf32");
  EXPECT_EQ(error(x, make(ElementType::F64, {2, 1, 1}, {1, 1}), good),
            "expected a filter of f32, got 2x1x1xf64");
  EXPECT_EQ(error(make(ElementType::I32, {1, 2, 2}, {1, 1, 1, 1}), w, good),
            "expected an f64, f32, f16, bf16 or i8 input, got 1x2x2xi32");
  EXPECT_EQ(error(floats({0, 2, 2}, {}), w, good),
            "expected an input and a filter with elements, got 0x2x2xf32 and 2x1x1xf32");
  EXPECT_EQ(error(floats({2, 2}, {1, 1, 1, 1}), w, good),
            "expected an input of rank 3, 4 or 5, got 2x2xf32");
}
