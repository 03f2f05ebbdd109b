//===- SelectGpuSchedule.h - The cost model of GPU kernels ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_SELECTGPUSCHEDULE_H
#define TCONV_SCHEDULE_SELECTGPUSCHEDULE_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/TargetGpu.h"

namespace tconv {

struct SelectedGpuSchedule {
  GpuSchedule schedule;
  /// What the choice rests on, for people to read: blocks, occupancy, estimated time.
  std::string reason;
};

/// The schedule with the lowest estimated time; unsupported, with the reason, if the fast
/// tier does not take the layer. f32 is multiplied as tf32 only if `allowTf32`.
Result<SelectedGpuSchedule> selectGpuSchedule(const Problem &problem, const TargetGpu &target,
                                              bool allowTf32);

/// Registers of a thread, as ptxas has been seen to need them.
int64_t estimateGpuRegisters(const GpuSchedule &schedule, ElementType type);

} // namespace tconv

#endif // TCONV_SCHEDULE_SELECTGPUSCHEDULE_H
