//===- Intervals.cpp - Outputs of a dimension with the same taps ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Along a dimension, the outputs of a phase are positions q, and tap j reads x[q + base - j*step].
// With q, taps enter x at its beginning and leave it at its end: where one does, an interval ends.
// A walk from the first q finds the taps inside of x, and the next q at which they change, in
// closed form; so the work is that of the intervals, at most two for each tap, whatever the sizes
// are.
//
// Test: unittests/Schedule/TilePlanTest.cpp
//
//===----------------------------------------------------------------------===//

#include "Intervals.h"

#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

/// Splits the outputs of a row where a tap enters or leaves x.
void appendIntervals(const PhaseRow &row, int64_t index, const DimGeometry &dim,
                     std::vector<Interval> &intervals) {
  const int64_t step = dim.attributes.inputStep();
  for (int64_t q = row.qBegin; q < row.qEnd;) {
    const int64_t position = q + row.inputBase;
    const int64_t first = std::max<int64_t>(0, ceilDivide(position - dim.input + 1, step));
    const int64_t last = std::min(row.taps, floorDivide(position, step) + 1);
    int64_t next = row.qEnd;
    if (last < row.taps)
      next = std::min(next, std::max(last, int64_t(0)) * step - row.inputBase);
    if (first < row.taps)
      next = std::min(next, first * step + dim.input - row.inputBase);
    next = std::max(next, q + 1);
    intervals.push_back({index, first, std::max(first, last), q, next});
    q = next;
  }
}

/// Splits an interval of the fused row where outputs before or behind y are cut off.
void clip(const Interval &interval, const DimGeometry &dim, std::vector<Interval> &clipped) {
  const int64_t s = dim.attributes.stride, pb = dim.attributes.paddingBegin;
  const int64_t whole = ceilDivide(pb, s), wholeEnd = floorDivide(dim.output + pb, s);
  for (int64_t q = interval.begin; q < interval.end;) {
    Interval part = interval;
    part.begin = q;
    part.end = q >= whole && q < wholeEnd ? std::min(interval.end, wholeEnd) : q + 1;
    part.phaseBegin = std::clamp<int64_t>(pb - s * q, 0, s);
    part.phaseEnd = std::clamp<int64_t>(dim.output + pb - s * q, part.phaseBegin, s);
    if (part.phaseBegin < part.phaseEnd)
      clipped.push_back(part);
    q = part.end;
  }
}

/// All rows as one: they have the same taps and the same base.
IntervalDim createFused(const DimGeometry &dim) {
  IntervalDim result;
  PhaseRow fused = dim.row(0);
  for (int64_t index = 1; index < dim.numRows(); ++index) {
    PhaseRow row = dim.row(index);
    fused.qBegin = std::min(fused.qBegin, row.qBegin);
    fused.qEnd = std::max(fused.qEnd, row.qEnd);
  }
  result.rows = {fused};
  std::vector<Interval> whole;
  appendIntervals(fused, 0, dim, whole);
  for (const Interval &interval : whole)
    clip(interval, dim, result.intervals);
  return result;
}

} // namespace

IntervalDim IntervalDim::create(const DimGeometry &dim, bool fused) {
  IntervalDim result;
  if (fused) {
    result = createFused(dim);
  } else {
    for (int64_t index = 0; index < dim.numRows(); ++index) {
      result.rows.push_back(dim.row(index));
      appendIntervals(result.rows.back(), index, dim, result.intervals);
    }
  }
  result.inputStep = dim.attributes.inputStep();
  if (result.intervals.empty())
    return result;
  result.begin = result.intervals.front().begin;
  result.end = result.intervals.front().end;
  for (const Interval &interval : result.intervals) {
    result.begin = std::min(result.begin, interval.begin);
    result.end = std::max(result.end, interval.end);
  }
  return result;
}
