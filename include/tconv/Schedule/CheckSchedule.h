//===- CheckSchedule.h - Whether a schedule fits a layer --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_CHECKSCHEDULE_H
#define TCONV_SCHEDULE_CHECKSCHEDULE_H

#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/Schedule.h"

namespace tconv {

/// An error if a schedule, which may be written by hand, asks for what a layer does not
/// have, or for larger tables or more code than kernels may have.
Status checkSchedule(const Schedule &schedule, const Problem &problem);

/// Unsupported if the tables or the code of a schedule that fits the layer otherwise would be
/// too large.
Status checkTables(const Schedule &schedule, const Geometry &geometry);

/// Filters of more taps have no kernels: some tables have an entry for each.
constexpr int64_t maxTaps = 1 << 16;

/// Unsupported if a filter has more than `maxTaps`.
Status checkTaps(const Geometry &geometry);

} // namespace tconv

#endif // TCONV_SCHEDULE_CHECKSCHEDULE_H
