//===- Compare.cpp - Comparison of tensors ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pass over both tensors that counts what differs and keeps the first.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/Compare.h"

#include <charconv>
#include <cmath>

namespace tconv {
namespace {

bool agree(double got, double expected, double tolerance, ElementType type) {
  if (std::isnan(got) || std::isnan(expected))
    return std::isnan(got) && std::isnan(expected);
  if (got == expected)
    return true;
  if (std::isinf(expected))
    return false;
  if (std::isinf(got))
    return roundTo(type, expected + std::copysign(tolerance, got)) == got;
  return std::abs(got - expected) <= tolerance;
}

std::vector<int64_t> delinearize(int64_t linear, const std::vector<int64_t> &shape) {
  std::vector<int64_t> index(shape.size());
  for (size_t axis = shape.size(); axis-- != 0; linear /= shape[axis])
    index[axis] = linear % shape[axis];
  return index;
}

std::optional<Error> checkComparable(const HostTensor &got, const HostTensor &expected) {
  bool sameKind = isFloat(got.type()) == isFloat(expected.type());
  if (sameKind && got.shape() == expected.shape())
    return std::nullopt;
  return Error{"expected " + expected.typeString() + ", got " + got.typeString()};
}

std::string number(double value) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof(text), value).ptr);
}

} // namespace

Result<std::optional<Mismatch>> compare(const HostTensor &got, const HostTensor &expected,
                                        const Tolerance &tolerance) {
  if (std::optional<Error> error = checkComparable(got, expected))
    return *error;

  std::optional<Mismatch> mismatch;
  bool floats = isFloat(got.type());
  for (int64_t i = 0, e = got.numElements(); i != e; ++i) {
    double allowed = floats ? tolerance(i) : 0;
    if (floats ? agree(got.at(i), expected.at(i), allowed, got.type())
               : got.intAt(i) == expected.intAt(i))
      continue;
    if (!mismatch)
      mismatch = Mismatch{0, delinearize(i, got.shape()), got.at(i), expected.at(i), allowed};
    ++mismatch->count;
  }
  return mismatch;
}

Result<std::optional<Mismatch>> compare(const HostTensor &got, const HostTensor &expected,
                                        double tolerance) {
  return compare(got, expected, [=](int64_t) { return tolerance; });
}

std::string describe(const Mismatch &mismatch) {
  std::string text = mismatch.count == 1
                         ? "1 element differs, at ["
                         : std::to_string(mismatch.count) + " elements differ, the first at [";
  for (size_t axis = 0; axis != mismatch.index.size(); ++axis)
    text += (axis ? ", " : "") + std::to_string(mismatch.index[axis]);
  return text + "]: expected " + number(mismatch.expected) + ", got " + number(mismatch.got) +
         ", tolerance " + number(mismatch.tolerance);
}

} // namespace tconv
