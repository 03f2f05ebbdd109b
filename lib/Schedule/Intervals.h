//===- Intervals.h - Outputs of a dimension with the same taps --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_INTERVALS_H
#define TCONV_LIB_SCHEDULE_INTERVALS_H

#include "tconv/Geometry/Geometry.h"

#include <vector>

namespace tconv {

/// Positions q in [begin, end) of one phase row whose taps [tapBegin, tapEnd) read
/// inside of x, and the others do not.
struct Interval {
  int64_t row;
  int64_t tapBegin;
  int64_t tapEnd;
  int64_t begin;
  int64_t end;
  /// Of rows that are fused, the phases whose outputs exist.
  int64_t phaseBegin = 0;
  int64_t phaseEnd = 1;

  auto operator<=>(const Interval &) const = default;
};

/// One dimension of a layer, row by row. Fused, all phases are one row, whose position
/// q holds the outputs s*q - pb + [0, s).
struct IntervalDim {
  std::vector<PhaseRow> rows;
  std::vector<Interval> intervals;
  int64_t inputStep = 1;
  /// The range of q of all rows.
  int64_t begin = 0;
  int64_t end = 0;

  static IntervalDim create(const DimGeometry &dim, bool fused);
};

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_INTERVALS_H
