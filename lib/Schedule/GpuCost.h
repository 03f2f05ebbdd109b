//===- GpuCost.h - What a GPU schedule costs --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_GPUCOST_H
#define TCONV_LIB_SCHEDULE_GPUCOST_H

#include "tconv/Schedule/GpuLayer.h"
#include "tconv/Schedule/SelectGpuSchedule.h"
#include "tconv/Schedule/TileWork.h"

namespace tconv {

struct GpuCost {
  double seconds = 0;
  int64_t blocks = 0;    ///< that compute something
  int64_t occupancy = 0; ///< blocks that a multiprocessor holds at a time; 0 if none fits
  int64_t sharedBytes = 0;
  double traffic = 0; ///< bytes from and to memory

  /// In less time or, in the same, with less traffic.
  bool isLessThan(const GpuCost &other) const {
    return seconds != other.seconds ? seconds < other.seconds : traffic < other.traffic;
  }
};

/// `work` is that of the schedule's tiles of pixels.
GpuCost estimateGpuCost(const GpuLayer &layer, const GpuSchedule &schedule, const TileWork &work,
                        const TargetGpu &target);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_GPUCOST_H
