//===- Schedule.h - How a kernel computes a layer ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A schedule says how the fast tier computes one layer: which family of kernels, and
// the sizes of its register and cache tiles. It is chosen in one place
// (SelectSchedule.h), printed in the IR as #tconv.schedule, and obeyed by the rest.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_SCHEDULE_H
#define TCONV_SCHEDULE_SCHEDULE_H

#include "tconv/Support/Result.h"

#include <cstdint>

namespace tconv {

/// What the lanes of a vector are, and so the shape of the kernel.
enum class KernelFamily {
  /// Output channels, perhaps of several horizontal phases; x is broadcast.
  OutputChannels,
  /// Neighbouring positions of the innermost dimension; w is broadcast, and all
  /// horizontal phases are interleaved when they are stored.
  Width,
  /// Channels of a depthwise layer; nothing is broadcast.
  Depthwise,
  /// Output channels, of sums that were transformed so that they take fewer products
  /// (WinogradPlan.h).
  Winograd
};

/// What multiplies and adds.
enum class DotProduct {
  /// One element of x and w at a time, in the type of the sums.
  Plain,
  /// Pairs of bf16 into f32 (AVX512-BF16).
  Bf16Pairs,
  /// Pairs of i16, widened from i8, into i32 (pmaddwd).
  Int16Pairs,
  /// Four bytes, x shifted to unsigned, into i32 (AVX512-VNNI).
  Int8Quads
};

/// How many neighbouring input channels one step multiplies.
int64_t channelsPerStep(DotProduct dot);

struct Schedule {
  KernelFamily family = KernelFamily::OutputChannels;
  DotProduct dot = DotProduct::Plain;
  /// Elements of a vector of sums.
  int64_t vectorLength = 8;
  /// Register tile: `pixels` times `vectors` sums. For Width, `pixels` counts output
  /// channels.
  int64_t pixels = 6;
  int64_t vectors = 2;
  /// Horizontal phases whose output channels share the lanes: 1, or the stride.
  int64_t fusedPhases = 1;
  /// Positions of x in a cache tile: what one task visits before it moves on.
  int64_t blockPixels = 96;
  /// Lane blocks (of vectors * vectorLength lanes) that one task computes.
  int64_t blocksPerTask = 1;
  /// Reduction steps of a phase after which all tiles of a block have their turn, while
  /// that part of the filter is in the first cache; 0 for all steps at once.
  int64_t reductionBlock = 0;
  /// Whether the next reduction block of the filter is fetched ahead.
  bool prefetch = false;
  /// Reduction steps in one iteration of the innermost loop.
  int64_t unroll = 4;
  /// For Winograd, positions of a phase that a transform computes at once, in each dimension;
  /// `blockPixels` counts such tiles. 0 for other families.
  int64_t tile = 0;

  /// An error that names the first field that is out of range.
  Status verify() const;
  bool operator==(const Schedule &) const = default;
};

} // namespace tconv

#endif // TCONV_SCHEDULE_SCHEDULE_H
