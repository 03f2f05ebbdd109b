//===- WinogradCost.h - Estimated time of transformed layers ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_WINOGRADCOST_H
#define TCONV_LIB_SCHEDULE_WINOGRADCOST_H

#include "tconv/Schedule/TargetCpu.h"
#include "tconv/Schedule/WinogradPlan.h"

namespace tconv {

/// Cycles of one core for a layer by transforms, copies between layouts left out.
double estimateWinogradCycles(const Geometry &geometry, const Schedule &schedule,
                              const TargetCpu &target);

/// Multiplications of a layer in its products, those for positions outside of y counted.
OperationCount countMultiplications(const Geometry &geometry, const Schedule &schedule);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_WINOGRADCOST_H
