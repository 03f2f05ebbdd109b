//===- GpuBlocks.h - The blocks of a launch ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_GPUBLOCKS_H
#define TCONV_SCHEDULE_GPUBLOCKS_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"

namespace tconv {

/// The blocks of a launch along the first dimension of its grid; along the second are the parts
/// of sums. Those of all phases alternate: each phase has as many as the longest one, and those
/// that it does not need have nothing to do.
struct GpuBlocks {
  int64_t phases = 0;
  /// Of a phase and, for the kernels mma and simt, one block of output channels.
  int64_t pixelTiles = 0;
  int64_t channelBlocks = 1; ///< of a group
  int64_t groups = 1;

  static GpuBlocks of(const Geometry &geometry, const PhaseTable &phases,
                      const GpuSchedule &schedule);
  /// Of all phases, for one block of output channels.
  int64_t tiles() const { return pixelTiles * phases; }
  int64_t ofGroup() const { return tiles() * channelBlocks; }
  int64_t total() const { return ofGroup() * groups; }
};

} // namespace tconv

#endif // TCONV_SCHEDULE_GPUBLOCKS_H
