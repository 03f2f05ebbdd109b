//===- Axis.h - The dimensions that tiles extend over -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_AXIS_H
#define TCONV_LIB_SCHEDULE_AXIS_H

#include "Intervals.h"
#include "tconv/Schedule/Schedule.h"

#include <vector>

namespace tconv {

/// The batch, or a spatial dimension: its intervals, and how offsets grow with q.
struct Axis {
  IntervalDim dim;
  int64_t xStride = 0;
  int64_t yStride = 0;
  /// What of the offset in y does not depend on q, for each row.
  std::vector<int64_t> yBase;
};

/// The batch first, the innermost dimension last. Empty if a dimension has no outputs.
std::vector<Axis> createAxes(const Geometry &geometry, const Schedule &schedule);

/// The channels of x in memory, all groups: each is padded to whole steps.
int64_t paddedInputChannels(const Geometry &geometry, DotProduct dot);

/// Part of an axis: an offset, and a length.
struct Piece {
  int64_t begin;
  int64_t size;
};

/// [begin, end) in pieces of at most `limit`, as equal as can be.
std::vector<Piece> splitEvenly(int64_t begin, int64_t end, int64_t limit);

/// For each axis the largest part of it in a box of at most `limit` points: whole
/// axes from the innermost one on, then part of one, and 1 for the others.
std::vector<int64_t> fillBox(const std::vector<int64_t> &extents, int64_t limit);

/// The range of q of each axis, and the part of it that is in a block.
std::vector<int64_t> extentsOf(const std::vector<Axis> &axes);
std::vector<int64_t> boxOfBlocks(const std::vector<Axis> &axes, const Schedule &schedule);

/// How many boxes cut the axes.
double countBoxes(const std::vector<int64_t> &extents, const std::vector<int64_t> &box);

/// A box of at most `limit` points that cuts the axes into as few boxes as can be: it
/// may begin to fill with any axis.
std::vector<int64_t> fillTile(const std::vector<int64_t> &extents, int64_t limit);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_AXIS_H
