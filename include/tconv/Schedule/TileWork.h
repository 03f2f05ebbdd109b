//===- TileWork.h - Taps that tiles of pixels need --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tap of which all pixels of a tile read outside of x adds nothing to their sums, and
// the tile leaves it out. Where images are small, those are most taps.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_TILEWORK_H
#define TCONV_SCHEDULE_TILEWORK_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"

namespace tconv {

struct TapRange {
  int64_t begin;
  int64_t end;
};

/// For each dimension, a range with all taps that some of the pixels [first, last] of a phase
/// need, in the whole batch. Pixels of several rows may stand anywhere in them.
std::vector<TapRange> findNeededTaps(const Geometry &geometry, const Phase &phase,
                                     GpuPixelOrder order, int64_t first, int64_t last);

/// What tiles of so many pixels have to do.
struct TileWork {
  double tiles = 0;
  double taps = 0;      ///< of all tiles
  int64_t mostTaps = 0; ///< of a tile
  /// The dimensions in which tiles leave taps out; none if that does not pay.
  std::vector<bool> leavesOut;

  /// Where there are many tiles, a sample stands for all.
  static TileWork count(const Geometry &geometry, const PhaseTable &phases, int64_t tilePixels,
                        GpuPixelOrder order);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_TILEWORK_H
