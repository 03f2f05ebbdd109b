//===- RowPlan.h - The rows of a result, as data ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For kernels of the family Width: each row of y along the innermost dimension, with the
// rows of x that it is a sum over. Offsets are in elements, x and y being channels
// first, from the first element of a channel.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_ROWPLAN_H
#define TCONV_SCHEDULE_ROWPLAN_H

#include "tconv/Schedule/TilePlan.h"

namespace tconv {

struct Row {
  int64_t y;
  int64_t segmentBegin;
  int64_t segmentEnd;
};

/// Neighbouring rows of y, and the rows of x that they read: those are copied to a
/// buffer first, one behind the other, each with all input channels of a group.
struct RowBlock {
  int64_t rowBegin;
  int64_t rowEnd;
  int64_t inputBegin;
  int64_t inputEnd;
};

struct RowPlan {
  std::vector<Row> rows;
  std::vector<RowBlock> blocks;
  /// Where each row of x begins in the plane of a channel.
  std::vector<int64_t> inputs;
  /// A row of x each: `x` is its number in the buffer, `step` is where its part of the
  /// packed filter begins, and `length` the number of input channels.
  std::vector<Segment> segments;
  /// The most rows of x in a block.
  int64_t mostInputs = 0;

  /// Unsupported if the table would be too large.
  static Result<RowPlan> create(const Geometry &geometry, const Schedule &schedule);
};

/// How the innermost dimension is computed: a vector of neighbouring positions p holds,
/// for each residue in [0, s), the outputs s*p + residue.
struct WidthPlan {
  /// A tap of the innermost dimension: its index in w, which residue it adds to, and
  /// from which x[p + shift].
  struct Tap {
    int64_t kernel;
    int64_t residue;
    int64_t shift;
  };
  std::vector<Tap> taps; ///< in the order of their shifts
  /// All outputs belong to positions in [0, positions).
  int64_t positions = 0;
  /// Elements of a row of x in the buffer: zeros in front, whole vectors so that x begins at one,
  /// x, and zeros behind. What a tap reads behind that are the zeros in front of the next row, or,
  /// behind the last row, as many.
  int64_t front = 0;
  int64_t rowElements = 0;

  static WidthPlan create(const DimGeometry &innermost, const Schedule &schedule);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_ROWPLAN_H
