//===- GpuLayer.h - A layer and its phases on a GPU -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_GPULAYER_H
#define TCONV_SCHEDULE_GPULAYER_H

#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/PhaseTable.h"

namespace tconv {

/// What the cost model and the kernels know of a layer, whatever its schedule is.
struct GpuLayer {
  Problem problem;
  PhaseTable phases;

  /// Unsupported if it has more phases than tables hold.
  static Result<GpuLayer> of(const Problem &problem);

  /// Channels of a group.
  int64_t inputChannels() const { return problem.geometry.inputChannels / problem.geometry.groups; }
  int64_t outputChannels() const {
    return problem.geometry.outputChannels / problem.geometry.groups;
  }
};

} // namespace tconv

#endif // TCONV_SCHEDULE_GPULAYER_H
