//===- GpuSharedMemory.h - What a block has in shared memory ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiles of x and w arrive in stages, one stage behind the other, in each x before w. When
// they are multiplied the sums take their place, to be exchanged between threads; behind
// both stands a table that says where each row is stored and, for the kernel wgmma, two
// mbarriers of each stage: those that say it is full, then those that say it is empty. Everything
// that is computed of this layout, sizes for the launch and places for the kernel, is computed
// here.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_GPUSHAREDMEMORY_H
#define TCONV_SCHEDULE_GPUSHAREDMEMORY_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/SelectSchedule.h"

namespace tconv {

/// Sizes and places are in bytes. All are 0 for the kernel depthwise, which has none.
struct GpuSharedMemory {
  int64_t inputBytes = 0;     ///< of x, in a stage
  int64_t filterBytes = 0;    ///< of w, in a stage
  int64_t passes = 0;         ///< exchanges of sums
  int64_t sumRowElements = 0; ///< from one row of exchanged sums to the next
  int64_t sumsBytes = 0;      ///< of the sums that are exchanged at a time
  int64_t tableOffset = 0;    ///< where the table of rows begins
  int64_t barrierOffset = 0;  ///< where mbarriers begin; behind all else if there are none
  int64_t totalBytes = 0;

  static GpuSharedMemory of(const GpuSchedule &schedule, const Problem &problem);
  static constexpr int64_t barrierBytes = 8;
  int64_t stageBytes() const { return inputBytes + filterBytes; }
};

} // namespace tconv

#endif // TCONV_SCHEDULE_GPUSHAREDMEMORY_H
