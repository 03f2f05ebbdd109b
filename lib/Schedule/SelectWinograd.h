//===- SelectWinograd.h - Schedules of transformed layers -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_SELECTWINOGRAD_H
#define TCONV_LIB_SCHEDULE_SELECTWINOGRAD_H

#include "tconv/Schedule/SelectSchedule.h"

#include <optional>

namespace tconv {

struct WinogradChoice {
  Schedule schedule;
  double cycles; ///< copies between layouts left out
  OperationCount multiplications = 0;
  int64_t workspaceBytes = 0; ///< of a task
};

/// The schedule of the family Winograd with the lowest estimated time; nothing where no tile
/// saves multiplications, or all that do would lose accuracy.
std::optional<WinogradChoice> chooseWinograd(const Problem &problem, const TargetCpu &target);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_SELECTWINOGRAD_H
