//===- TileCost.h - Estimated time of register tiles ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_TILECOST_H
#define TCONV_LIB_SCHEDULE_TILECOST_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/Schedule.h"
#include "tconv/Schedule/TargetCpu.h"

namespace tconv {

/// Cycles of one core for all tiles of a layer, caches left out of account.
double estimateCycles(const Geometry &geometry, const Schedule &schedule, const TargetCpu &target);

/// The same for a kernel of the family Width.
double estimateWidthCycles(const Geometry &geometry, const Schedule &schedule,
                           const TargetCpu &target);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_TILECOST_H
