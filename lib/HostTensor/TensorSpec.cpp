//===- TensorSpec.cpp - What is known of a tensor beforehand --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/TensorSpec.h"

#include <algorithm>

using namespace tconv;

std::string TensorSpec::str() const {
  std::string text;
  for (int64_t size : shape)
    text += (size < 0 ? "?" : std::to_string(size)) + "x";
  return text + std::string(name(type));
}

bool TensorSpec::isStatic() const {
  return std::all_of(shape.begin(), shape.end(), [](int64_t size) { return size >= 0; });
}

bool TensorSpec::accepts(ElementType otherType, const std::vector<int64_t> &otherShape) const {
  return otherType == type && std::equal(shape.begin(), shape.end(), otherShape.begin(),
                                         otherShape.end(), [](int64_t expected, int64_t actual) {
                                           return expected < 0 || expected == actual;
                                         });
}
