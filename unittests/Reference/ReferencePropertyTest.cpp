//===- ReferencePropertyTest.cpp - The reference against a gather *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Random problems of all ranks: the reference equals a gather over the output elements,
// channels_last is the transpose of channels_first, and narrow arithmetic stays within
// the error bound.
//
//===----------------------------------------------------------------------===//

#include "tconv/Reference/Reference.h"

#include "tconv/HostTensor/Compare.h"
#include "tconv/HostTensor/Random.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace tconv;

using Sizes = std::vector<int64_t>;

namespace {

/// The sums are of small integers, so that their order does not matter.
HostTensor randomTensor(ElementType type, Sizes shape, uint64_t seed) {
  HostTensor tensor = std::move(*HostTensor::allocate(type, std::move(shape)));
  fillRandom(tensor, seed);
  for (int64_t i = 0; isFloat(type) && i != tensor.numElements(); ++i)
    tensor.set(i, std::floor(tensor.at(i) * 8));
  return tensor;
}

struct Case {
  HostTensor input, filter, bias;
  ConvTransposeAttributes attributes;
};

Case randomCase(uint64_t seed) {
  std::mt19937 engine(static_cast<uint32_t>(seed));
  auto draw = [&](int64_t first, int64_t last) {
    return first + static_cast<int64_t>(engine() % (last - first + 1));
  };
  int64_t spatial = draw(1, 3), groups = draw(1, 3), inputs = draw(1, 2), outputs = draw(1, 3);
  Sizes x = {draw(1, 2), groups * inputs}, w = {groups * inputs, outputs};
  ConvTransposeAttributes a;
  a.groups = groups;
  for (int64_t i = 0; i != spatial; ++i) {
    x.push_back(draw(1, 5));
    w.push_back(draw(1, 4));
    a.stride.push_back(draw(1, 4));
    a.dilation.push_back(draw(1, 3));
    a.outputPadding.push_back(draw(0, std::max(a.stride[i], a.dilation[i]) - 1));
    a.paddingBegin.push_back(draw(-2, 3));
    a.paddingEnd.push_back(draw(-2, 3));
  }
  ElementType type = draw(0, 1) ? ElementType::F32 : ElementType::I8;
  ElementType biasType = type == ElementType::I8 ? ElementType::I32 : type;
  return {randomTensor(type, x, seed), randomTensor(type, w, seed + 1),
          randomTensor(biasType, {groups * outputs}, seed + 2), a};
}

/// The indices of a position in C order.
Sizes delinearize(int64_t linear, const Sizes &shape) {
  Sizes index(shape.size());
  for (size_t axis = shape.size(); axis-- != 0; linear /= shape[axis])
    index[axis] = linear % shape[axis];
  return index;
}

int64_t linearize(const Sizes &index, const Sizes &shape) {
  int64_t linear = 0;
  for (size_t axis = 0; axis != shape.size(); ++axis)
    linear = linear * shape[axis] + index[axis];
  return linear;
}

/// Where the tap at `w` reads for the output at `y`; nothing if it misses.
std::optional<Sizes> source(const Case &c, const Sizes &y, const Sizes &w) {
  Sizes x = {y[0], w[0]};
  for (size_t i = 0; i + 2 != w.size(); ++i) {
    const ConvTransposeAttributes &a = c.attributes;
    int64_t scaled = y[i + 2] + a.paddingBegin[i] - w[i + 2] * a.dilation[i];
    if (scaled % a.stride[i] != 0 || scaled < 0)
      return std::nullopt;
    x.push_back(scaled / a.stride[i]);
    if (x.back() >= c.input.shape()[i + 2])
      return std::nullopt;
  }
  return x;
}

double gather(const Case &c, const Sizes &y) {
  const Sizes &shape = c.filter.shape();
  int64_t inputs = shape[0] / c.attributes.groups;
  double sum = c.bias.at(y[1]);
  for (int64_t i = 0; i != c.filter.numElements(); ++i) {
    Sizes w = delinearize(i, shape);
    if (w[0] / inputs * shape[1] + w[1] != y[1])
      continue;
    if (std::optional<Sizes> x = source(c, y, w))
      sum += c.input.at(linearize(*x, c.input.shape())) * c.filter.at(i);
  }
  return sum;
}

/// Moves dimension 1 to the end.
HostTensor channelsToEnd(const HostTensor &tensor) {
  Sizes shape = tensor.shape();
  std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
  HostTensor moved = std::move(*HostTensor::allocate(tensor.type(), shape));
  for (int64_t i = 0; i != tensor.numElements(); ++i) {
    Sizes index = delinearize(i, tensor.shape());
    std::rotate(index.begin() + 1, index.begin() + 2, index.end());
    int64_t to = linearize(index, shape);
    isFloat(tensor.type()) ? moved.set(to, tensor.at(i)) : moved.setInt(to, tensor.intAt(i));
  }
  return moved;
}

} // namespace

TEST(ReferenceProperty, EqualsTheGather) {
  int computed = 0;
  for (uint64_t seed = 0; seed != 80; ++seed) {
    Case c = randomCase(seed);
    Result<ReferenceResult> result =
        referenceConvTranspose(c.input, c.filter, &c.bias, c.attributes);
    if (!result) {
      EXPECT_EQ(result.message().find("expected an output size"), 0u) << result.message();
      continue;
    }
    ++computed;
    for (int64_t i = 0; i != result->value.numElements(); ++i)
      ASSERT_EQ(result->value.at(i), gather(c, delinearize(i, result->value.shape())))
          << "seed " << seed << " element " << i;
  }
  EXPECT_GT(computed, 40);
}

TEST(ReferenceProperty, ChannelsLastIsTheTranspose) {
  for (uint64_t seed = 0; seed != 80; ++seed) {
    Case c = randomCase(seed);
    Result<ReferenceResult> first =
        referenceConvTranspose(c.input, c.filter, &c.bias, c.attributes);
    if (!first)
      continue;
    c.attributes.channelsLast = true;
    Result<ReferenceResult> last =
        referenceConvTranspose(channelsToEnd(c.input), c.filter, &c.bias, c.attributes);
    ASSERT_TRUE(last.ok()) << last.message();
    Result<std::optional<Mismatch>> mismatch = compare(last->value, channelsToEnd(first->value));
    ASSERT_TRUE(mismatch.ok()) << mismatch.message();
    EXPECT_FALSE(*mismatch) << describe(**mismatch);
  }
}

// A layer of one element and 4096 channels is a dot product.
TEST(ReferenceProperty, ErrorBoundHoldsForADotProduct) {
  const int64_t channels = 4096;
  for (ElementType type : {ElementType::F32, ElementType::F16, ElementType::BF16}) {
    HostTensor x = std::move(*HostTensor::allocate(type, {1, channels, 1}));
    HostTensor w = std::move(*HostTensor::allocate(type, {channels, 1, 1}));
    fillRandom(x, 1);
    fillRandom(w, 2);
    Result<ReferenceResult> result =
        referenceConvTranspose(x, w, nullptr, {{1}, {0}, {0}, {1}, {0}, 1, false});
    ASSERT_TRUE(result.ok()) << result.message();
    float sum = 0;
    for (int64_t i = 0; i != channels; ++i)
      sum += static_cast<float>(x.at(i)) * static_cast<float>(w.at(i));
    double value = result->value.at(0), magnitude = result->magnitude.at(0);
    double bound = errorBound(type, value, magnitude, result->terms);
    EXPECT_LE(std::abs(roundTo(type, sum) - value), bound);
    EXPECT_LT(bound, 0.01 * magnitude);
  }
}

/// What the instructions of AVX512-BF16 lose: subnormal factors, sums and results.
TEST(ReferenceProperty, ErrorBoundOfSubnormalBf16) {
  const double subnormal = 0x1p-127, large = 0x1p125;
  HostTensor x = std::move(*HostTensor::allocate(ElementType::BF16, {1, 3, 1}));
  HostTensor w = std::move(*HostTensor::allocate(ElementType::BF16, {3, 1, 1}));
  const double factors[3][2] = {{subnormal, large}, {2, 3}, {-3, subnormal}};
  for (int64_t i = 0; i < 3; ++i) {
    x.set(i, factors[i][0]);
    w.set(i, factors[i][1]);
  }
  Result<ReferenceResult> result =
      referenceConvTranspose(x, w, nullptr, {{1}, {0}, {0}, {1}, {0}, 1, false});
  ASSERT_TRUE(result.ok()) << result.message();
  const double lost = result->subnormal.at(0);
  EXPECT_EQ(lost, result->magnitude.at(0) - 6);
  const double value = result->value.at(0), magnitude = result->magnitude.at(0);
  EXPECT_GE(errorBound(ElementType::BF16, value, magnitude, result->terms, 0, lost), value - 6);
  EXPECT_LT(errorBound(ElementType::BF16, value, magnitude, result->terms), value - 6);
  // A sum that is subnormal itself; no other type loses it.
  EXPECT_GE(errorBound(ElementType::BF16, 0x1p-127, 0x1p-127, 1), 0x1p-127);
  EXPECT_LT(errorBound(ElementType::F32, 0x1p-127, 0x1p-127, 1), 0x1p-130);
}

TEST(ReferenceProperty, ErrorBoundOfSimpleSums) {
  EXPECT_EQ(errorBound(ElementType::I32, 5, 5, 3), 0);
  EXPECT_EQ(errorBound(ElementType::F32, 0, 0, 10), 0);
  EXPECT_EQ(errorBound(ElementType::F32, 1, 1, int64_t(1) << 24), INFINITY);
  // One product in double: one rounding each in the product, the reference and the result.
  EXPECT_NEAR(errorBound(ElementType::F64, 1, 1, 1), 3 * 0x1p-53, 1e-30);
}
