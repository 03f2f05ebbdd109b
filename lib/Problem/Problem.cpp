//===- Problem.cpp - A layer of known sizes, without its numbers ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shapes and counts that follow from a problem.
//
//===----------------------------------------------------------------------===//

#include "tconv/Problem/Problem.h"

using namespace tconv;

static std::vector<int64_t> activationShape(const Problem &problem, int64_t channels,
                                            int64_t DimGeometry::*size) {
  std::vector<int64_t> shape{problem.geometry.batch};
  for (const DimGeometry &dim : problem.geometry.dims)
    shape.push_back(dim.*size);
  shape.insert(problem.channelsLast() ? shape.end() : shape.begin() + 1, channels);
  return shape;
}

ElementType Problem::resultType() const {
  return type == ElementType::I8 ? ElementType::I32 : type;
}

int64_t tconv::sumByteSize(ElementType type) { return type == ElementType::F64 ? 8 : 4; }

std::vector<int64_t> Problem::inputShape() const {
  return activationShape(*this, geometry.inputChannels, &DimGeometry::input);
}

std::vector<int64_t> Problem::outputShape() const {
  return activationShape(*this, geometry.outputChannels, &DimGeometry::output);
}

std::vector<int64_t> Problem::filterShape() const {
  std::vector<int64_t> shape{geometry.inputChannels, geometry.outputChannels / geometry.groups};
  for (const DimGeometry &dim : geometry.dims)
    shape.push_back(dim.kernel);
  return shape;
}

std::vector<int64_t> Problem::biasShape() const { return {geometry.outputChannels}; }

double Problem::usefulOperations() const { return 2 * geometry.usefulMultiplyAdds(); }

double Problem::bytes() const {
  auto count = [](const std::vector<int64_t> &shape) {
    double elements = 1;
    for (int64_t size : shape)
      elements *= static_cast<double>(size);
    return elements;
  };
  double operands = count(inputShape()) + count(filterShape());
  double results = count(outputShape()) + (bias ? count(biasShape()) : 0);
  return operands * byteSize(type) + results * byteSize(resultType());
}
