//===- SelectSchedule.h - The cost model of the fast tier -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The one place that decides how a layer is computed. Everything else obeys.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_SELECTSCHEDULE_H
#define TCONV_SCHEDULE_SELECTSCHEDULE_H

#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/Schedule.h"
#include "tconv/Schedule/TargetCpu.h"

namespace tconv {

struct SelectedSchedule {
  Schedule schedule;
  /// What the choice rests on, for people to read: "estimated 1.2e6 cycles, ...".
  std::string reason;
};

/// The families of kernels that may be chosen, besides those that take any layer.
struct FamilyChoice {
  /// Kernels that compute fewer products than the definition: the family Winograd.
  bool transforms = true;
  /// The family Width, whose rows have a static size.
  bool width = true;
};

/// The schedule with the lowest estimated time; unsupported, with the reason, if the
/// fast tier does not take the layer.
Result<SelectedSchedule> selectSchedule(const Problem &problem, const TargetCpu &target,
                                        FamilyChoice families = {});

/// The layout of x and y in which a layer is fastest.
bool prefersChannelsLast(const Problem &problem, const TargetCpu &target);

} // namespace tconv

#endif // TCONV_SCHEDULE_SELECTSCHEDULE_H
