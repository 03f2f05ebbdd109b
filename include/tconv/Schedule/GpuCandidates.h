//===- GpuCandidates.h - Schedules to choose from ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_GPUCANDIDATES_H
#define TCONV_SCHEDULE_GPUCANDIDATES_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/SelectSchedule.h"

#include <vector>

namespace tconv {

/// Schedules that pass `checkGpuFit`, of which the cost model takes one: tiles, rows, stages,
/// parts and orders in all combinations, with the usual raster.
std::vector<GpuSchedule> createGpuCandidates(const Problem &problem, bool allowTf32);

} // namespace tconv

#endif // TCONV_SCHEDULE_GPUCANDIDATES_H
