//===- FilterPacking.h - The filter as kernels read it ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Kernels read the filter front to back: for each group, lane block by lane block;
// in a lane block phase by phase, tap by tap, step by step; in a step all lanes, and
// for each lane the channels that one step multiplies. The last lane block of a group
// may have fewer vectors; lanes and channels that do not exist are zero.
//
// Where x is multiplied as unsigned bytes x + 128, each lane block ends with corrections:
// for each tap and lane, -128 times the sum of its elements, as a 32-bit number in place of
// the four channels of a step.
//
// For kernels of the family Winograd the transformed filter stands behind all groups: again for
// each group, lane block by lane block; in a lane block row by row (WinogradPlan.h), and in a row
// input channel by input channel, all lanes.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_FILTERPACKING_H
#define TCONV_SCHEDULE_FILTERPACKING_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/WinogradPlan.h"

#include <vector>

namespace tconv {

struct FilterPacking {
  int64_t groups = 1;
  int64_t inputChannels = 1;  ///< of a group
  int64_t outputChannels = 1; ///< of a group
  int64_t kernelElements = 1; ///< of all spatial dimensions of w
  int64_t fusedPhases = 1;
  int64_t channelsPerStep = 1;
  /// Lanes of a group: output channels times fused phases, phases outermost.
  int64_t lanes = 1;
  int64_t vectorLength = 1;
  /// Lane blocks of a group: so many of `blockLanes` lanes, and perhaps a last one.
  int64_t fullBlocks = 0;
  int64_t blockLanes = 1;
  int64_t lastBlockLanes = 0; ///< with padding, a multiple of the vector length; or 0
  int64_t stepsPerTap = 1;
  bool hasCorrections = false;
  /// Of the transformed filter, and its transforms; none if there is no such filter.
  int64_t transformedRows = 0;
  std::vector<WinogradClass> transforms;
  /// For each tap in the packed order, its index in the spatial dimensions of w,
  /// linearised; of the first phase, if phases are fused.
  std::vector<int64_t> tapOrder;
  /// Where the taps of each phase begin in it.
  std::vector<int64_t> firstTaps;

  /// The sizes of x in `geometry` do not matter.
  static FilterPacking create(const Geometry &geometry, const Schedule &schedule);
  /// The same without a transformed filter.
  static FilterPacking createDirect(const Geometry &geometry, const Schedule &schedule);

  int64_t numBlocks() const { return fullBlocks + (lastBlockLanes > 0); }
  /// Steps of a lane block.
  int64_t steps() const { return static_cast<int64_t>(tapOrder.size()) * stepsPerTap; }
  /// The same with a correction for each tap, if there are any: rows of all lanes.
  int64_t rows() const {
    return steps() + (hasCorrections ? static_cast<int64_t>(tapOrder.size()) : 0);
  }
  /// Lanes of all blocks of a group, with padding.
  int64_t paddedLanes() const { return fullBlocks * blockLanes + lastBlockLanes; }
  /// Elements of one group, of the filter as it is and of the transformed one.
  int64_t groupElements() const { return paddedLanes() * rows() * channelsPerStep; }
  int64_t transformedGroupElements() const {
    return paddedLanes() * transformedRows * inputChannels;
  }
  /// Elements in front of the transformed filter, and of all.
  int64_t directElements() const { return groupElements() * groups; }
  int64_t elements() const { return directElements() + transformedGroupElements() * groups; }

  /// For each packed element, where it stands in w; -1 for padding and corrections. Not for
  /// elements of the transformed filter.
  std::vector<int64_t> sources() const;
};

/// Whether the horizontal phases of a layer can share lanes: each has the same taps.
bool canFusePhases(const DimGeometry &innermost);

/// Reduction steps of the phase that has the most, its phases not fused.
int64_t longestPhase(const Geometry &geometry, const Schedule &schedule);

} // namespace tconv

#endif // TCONV_SCHEDULE_FILTERPACKING_H
