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

#include "tconv/Geometry/Geometry.h"
#include "tconv/HostTensor/ElementType.h"
#include "tconv/Schedule/Schedule.h"
#include "tconv/Schedule/TargetCpu.h"

namespace tconv {

/// A layer of known sizes, as far as its schedule depends on it.
struct LayerProblem {
  Geometry geometry;
  ElementType type = ElementType::F32;
  bool channelsLast = false;
};

struct SelectedSchedule {
  Schedule schedule;
  /// What the choice rests on, for people to read: "estimated 1.2e6 cycles, ...".
  std::string reason;
};

/// The schedule with the lowest estimated time; unsupported, with the reason, if the
/// fast tier does not take the layer.
Result<SelectedSchedule> selectSchedule(const LayerProblem &problem, const TargetCpu &target);

/// The layout of x and y in which a layer is fastest.
bool prefersChannelsLast(const LayerProblem &problem, const TargetCpu &target);

} // namespace tconv

#endif // TCONV_SCHEDULE_SELECTSCHEDULE_H
