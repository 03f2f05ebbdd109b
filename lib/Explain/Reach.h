//===- Reach.h - What reaches one output position ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One spatial dimension of one output element: its phase, the taps of that phase and
// what they read.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXPLAIN_REACH_H
#define TCONV_LIB_EXPLAIN_REACH_H

#include "tconv/Geometry/Geometry.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace tconv::explain {

/// Indices [begin, end).
struct Range {
  int64_t begin = 0;
  int64_t end = 0;

  int64_t size() const { return end - begin; }
  bool contains(int64_t index) const { return begin <= index && index < end; }
};

/// At most `limit` indices of `all`, `center` in their middle if possible.
Range windowOf(const Range &all, int64_t center, int64_t limit);

/// Output o = s*q + residue - pb and the taps firstTap, firstTap + step, ... that
/// can reach it; tap number j reads x[firstInput - j*inputStep].
struct Phase {
  int64_t residue = 0;
  int64_t q = 0;
  int64_t firstTap = 0;
  int64_t taps = 0; ///< 0: no tap reaches the residue class.
  int64_t firstInput = 0;
  /// The taps that read inside x: numbers [begin, end).
  int64_t begin = 0;
  int64_t end = 0;

  int64_t numReads() const { return end - begin; }
};

Phase phaseOf(const DimGeometry &dim, int64_t output);

/// The first tap that reaches the outputs of a residue class, if one does.
std::optional<int64_t> firstTapOf(const DimGeometry &dim, int64_t residue);

/// A tap and the element of x that it reads.
struct Read {
  int64_t tap;
  int64_t input;
};

/// The reads inside x, by ascending input; the first ones if they are more than `limit`.
std::vector<Read> readsOf(const DimGeometry &dim, const Phase &phase,
                          int64_t limit = std::numeric_limits<int64_t>::max());

/// How many products an output element is the sum of, over all dimensions and the input
/// channels of its group.
struct ProductCounts {
  /// Those with the whole kernel, as zero insertion has them: with elements of x, with
  /// inserted zeros, and with padded ones.
  OperationCount real = 0, inserted = 0, padded = 0;
  /// Those with the taps of the element's phase; `real` of them are with elements of x.
  OperationCount ofPhase = 0;

  OperationCount all() const { return real + inserted + padded; }
};

/// `output` has an index for each spatial dimension.
ProductCounts countProducts(const Geometry &geometry, const std::vector<int64_t> &output);

/// How many output positions at least one element of x reaches.
int64_t countReached(const DimGeometry &dim);

/// The size before padding cuts it: (I - 1)*s + d*(K - 1) + 1.
int64_t fullSize(const DimGeometry &dim);

/// What zero insertion pads in front: d*(K - 1) - pb.
int64_t zeroFront(const DimGeometry &dim);
/// And behind: d*(K - 1) - pe + op.
int64_t zeroBack(const DimGeometry &dim);

} // namespace tconv::explain

#endif // TCONV_LIB_EXPLAIN_REACH_H
