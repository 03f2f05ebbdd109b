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
Result<SelectedGpuSchedule> selectGpuSchedule(const LayerProblem &problem, const TargetGpu &target,
                                              bool allowTf32);

/// An error if a schedule, which may be written by hand, asks for what a layer does not have,
/// or for more shared memory than a block of any GPU has.
Status checkGpuSchedule(const GpuSchedule &schedule, const LayerProblem &problem);

/// The tensor core instruction for a type; Fma if there is none.
GpuMath tensorMath(ElementType type, bool allowTf32);

/// The sums of a type: f32 for f16 and bf16, i32 for i8.
int64_t sumByteSize(ElementType type);

} // namespace tconv

#endif // TCONV_SCHEDULE_SELECTGPUSCHEDULE_H
