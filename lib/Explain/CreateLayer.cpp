//===- CreateLayer.cpp - Layers from operands -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Checks that operands have the shapes that the sizes of a layer ask for.
//
//===----------------------------------------------------------------------===//

#include "tconv/Explain/Layer.h"

using namespace tconv;

static std::vector<int64_t> inputShape(const Geometry &geometry, bool channelsLast) {
  std::vector<int64_t> shape{geometry.batch};
  for (const DimGeometry &dim : geometry.dims)
    shape.push_back(dim.input);
  shape.insert(channelsLast ? shape.end() : shape.begin() + 1, geometry.inputChannels);
  return shape;
}

static std::vector<int64_t> filterShape(const Geometry &geometry) {
  std::vector<int64_t> shape{geometry.inputChannels, geometry.outputChannels / geometry.groups};
  for (const DimGeometry &dim : geometry.dims)
    shape.push_back(dim.kernel);
  return shape;
}

static Status checkOperand(const char *name, const HostTensor &tensor,
                           const std::vector<int64_t> &shape) {
  if (tensor.shape() != shape)
    return Error{std::string("expected ") + name + " of shape " + typeString(tensor.type(), shape) +
                 ", got " + tensor.typeString()};
  if (tensor.numElements() == 0)
    return Error{std::string("expected ") + name + " with elements, got " + tensor.typeString()};
  return success();
}

Result<Layer> tconv::createLayer(Geometry geometry, HostTensor input, HostTensor filter,
                                 std::optional<HostTensor> bias, bool channelsLast) {
  if (Status status = checkOperand("an input", input, inputShape(geometry, channelsLast)); !status)
    return status.error();
  if (Status status = checkOperand("a filter", filter, filterShape(geometry)); !status)
    return status.error();
  if (bias)
    if (Status status = checkOperand("a bias", *bias, {geometry.outputChannels}); !status)
      return status.error();
  return Layer{std::move(geometry), std::move(input), std::move(filter), std::move(bias),
               channelsLast};
}

/// A tensor of at most `maxSampleNumbers` elements, else one without.
static HostTensor allocateSample(const std::vector<int64_t> &shape) {
  Result<int64_t> bytes = tensorByteSize(ElementType::F32, shape);
  if (!bytes || *bytes > maxSampleNumbers * byteSize(ElementType::F32))
    return HostTensor();
  Result<HostTensor> tensor = HostTensor::allocate(ElementType::F32, shape);
  return tensor ? std::move(*tensor) : HostTensor();
}

Layer tconv::createSampleLayer(Geometry geometry) {
  Layer layer;
  layer.input = allocateSample(inputShape(geometry, /*channelsLast=*/false));
  layer.filter = allocateSample(filterShape(geometry));
  layer.geometry = std::move(geometry);
  for (int64_t i = 0; i < layer.input.numElements(); ++i)
    layer.input.set(i, 1);
  for (int64_t i = 0; i < layer.filter.numElements(); ++i)
    layer.filter.set(i, static_cast<double>(i + 1));
  return layer;
}
