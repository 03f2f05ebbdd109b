//===- GpuTraffic.h - What kernels read from memory -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks start in the order of their numbers: tile of pixels by tile of pixels in a band
// of `raster`, then the band's next output channels. Those that run at a time share what
// they read in the second cache. A band's part of x is read once if it stays there until the
// band's last channels; w is read once for each band, or once if all of it stays.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_GPUTRAFFIC_H
#define TCONV_LIB_SCHEDULE_GPUTRAFFIC_H

#include "GpuCost.h"

namespace tconv {

/// Bytes that a layer reads and writes at least.
double leastTraffic(const Problem &problem);

/// Bytes that a launch moves from and to memory, if so many blocks run at a time.
double estimateTraffic(const GpuLayer &layer, const GpuSchedule &schedule, const TileWork &work,
                       int64_t blocksAtATime, const TargetGpu &target);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_GPUTRAFFIC_H
