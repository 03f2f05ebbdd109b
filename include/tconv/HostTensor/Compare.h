//===- Compare.h - Comparison of tensors ------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Holds a computed tensor against an expected one, with a tolerance per element.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_COMPARE_H
#define TCONV_HOSTTENSOR_COMPARE_H

#include "tconv/HostTensor/HostTensor.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace tconv {

/// How many elements differ, and the first of them in C order.
struct Mismatch {
  int64_t count;
  std::vector<int64_t> index;
  double got;
  double expected;
  double tolerance;
};

/// The largest allowed absolute error of the element at a position in C order.
using Tolerance = std::function<double(int64_t linear)>;

/// Compares element by element; nothing if all agree. Both tensors have one shape,
/// and both are of floating-point types (which may differ) or both of integer types,
/// else an error. Integers agree if they are equal and `tolerance` is not asked.
/// Floating-point elements agree if they are at most the tolerance apart, if they
/// are the same infinity, or if both are nan. An infinity that was computed also
/// agrees with a finite number that, tolerance added, overflows the type of `got`.
Result<std::optional<Mismatch>> compare(const HostTensor &got, const HostTensor &expected,
                                        const Tolerance &tolerance);

/// The same with one tolerance for all elements; 0 asks for equal numbers.
Result<std::optional<Mismatch>> compare(const HostTensor &got, const HostTensor &expected,
                                        double tolerance = 0);

/// "3 elements differ, the first at [0, 1]: expected 2, got 2.5, tolerance 0.1".
std::string describe(const Mismatch &mismatch);

} // namespace tconv

#endif // TCONV_HOSTTENSOR_COMPARE_H
