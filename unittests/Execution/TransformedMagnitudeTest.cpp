//===- TransformedMagnitudeTest.cpp - Bounds of transformed sums ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Evaluation/TransformedMagnitude.h"

#include "../Schedule/RandomLayers.h"
#include "tconv/Reference/Reference.h"

#include "gtest/gtest.h"

#include <limits>

using namespace tconv;

namespace {

HostTensor filled(const std::vector<int64_t> &shape, RandomLayers &random) {
  HostTensor tensor = std::move(*HostTensor::allocate(ElementType::F32, shape));
  for (int64_t element = 0; element < tensor.numElements(); ++element)
    tensor.set(element, double(random.number(-9, 9)));
  return tensor;
}

/// Operands of a layer, channels first.
struct Operands {
  HostTensor x, w, bias;
  ConvTransposeAttributes attributes;

  Operands(const Geometry &geometry, RandomLayers &random) {
    std::vector<int64_t> xShape{geometry.batch, geometry.inputChannels};
    std::vector<int64_t> wShape{geometry.inputChannels, geometry.outputChannels / geometry.groups};
    for (const DimGeometry &dim : geometry.dims) {
      xShape.push_back(dim.input);
      wShape.push_back(dim.kernel);
      attributes.stride.push_back(dim.attributes.stride);
      attributes.paddingBegin.push_back(dim.attributes.paddingBegin);
      attributes.paddingEnd.push_back(dim.attributes.paddingEnd);
      attributes.dilation.push_back(dim.attributes.dilation);
      attributes.outputPadding.push_back(dim.attributes.outputPadding);
    }
    attributes.groups = geometry.groups;
    x = filled(xShape, random);
    w = filled(wShape, random);
    bias = filled({geometry.outputChannels}, random);
  }
};

/// Without a transform the magnitude is that of the definition; a transform can only add to it.
TEST(TransformedMagnitude, IsThatOfTheDefinitionAtLeast) {
  RandomLayers random(3);
  int64_t layers = 0;
  while (layers < 60) {
    const Geometry geometry = random.layer();
    const int64_t tile = random.number(1, 3);
    if (!checkTransforms(geometry, winograd(tile)))
      continue;
    ++layers;
    Operands operands(geometry, random);
    auto reference =
        referenceConvTranspose(operands.x, operands.w, &operands.bias, operands.attributes);
    ASSERT_TRUE(reference.ok());
    auto transformed = computeTransformedMagnitude(operands.x, operands.w, &operands.bias, geometry,
                                                   /*channelsLast=*/false, winograd(tile));
    ASSERT_EQ(static_cast<int64_t>(transformed.magnitude.size()),
              reference->magnitude.numElements());
    for (int64_t element = 0; element < reference->magnitude.numElements(); ++element) {
      const double expected = reference->magnitude.at(element);
      const double magnitude = transformed.magnitude[static_cast<size_t>(element)];
      if (tile == 1)
        EXPECT_EQ(magnitude, expected);
      else
        EXPECT_GE(magnitude, expected * (1 - 1e-12));
    }
  }
}

/// F(2, 2) by hand: the first window is (0, 1, 0), with |B| |d| = (1, 1, 1), and the filter (1, 1)
/// has |G| |g| = (2, 1, 1). Both outputs are sums of the first product and another one.
TEST(TransformedMagnitude, IsWhatTheMatricesSay) {
  auto geometry = Geometry::create(1, 1, 1, 1, {2}, {2}, {DimAttributes{}});
  ASSERT_TRUE(geometry.ok());
  HostTensor x = std::move(*HostTensor::allocate(ElementType::F32, {1, 1, 2}));
  HostTensor w = std::move(*HostTensor::allocate(ElementType::F32, {1, 1, 2}));
  x.set(0, 1);
  w.set(0, 1);
  w.set(1, 1);
  auto transformed = computeTransformedMagnitude(x, w, nullptr, *geometry, false, winograd(2));
  EXPECT_EQ(transformed.magnitude, (std::vector<double>{3, 3, 0}));
  // One addition in B, one in A, G's rounding, one channel, and the bias.
  EXPECT_EQ(transformed.terms, 5);
}

/// An infinity is left to the tiles that are computed by the definition.
TEST(TransformedMagnitude, LeavesOutWhatIsNotFinite) {
  auto geometry = Geometry::create(1, 1, 1, 1, {2}, {2}, {DimAttributes{}});
  ASSERT_TRUE(geometry.ok());
  HostTensor x = std::move(*HostTensor::allocate(ElementType::F32, {1, 1, 2}));
  HostTensor w = std::move(*HostTensor::allocate(ElementType::F32, {1, 1, 2}));
  x.set(0, std::numeric_limits<double>::infinity());
  w.set(0, 1);
  auto transformed = computeTransformedMagnitude(x, w, nullptr, *geometry, false, winograd(2));
  EXPECT_EQ(transformed.magnitude, (std::vector<double>{0, 0, 0}));
}

} // namespace
