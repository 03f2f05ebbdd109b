//===- PhaseTable.h - The phases of a layer, as data ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every output belongs to exactly one phase: for each dimension its position is
// s*p + firstOutput with p in [0, extent). All phases of a layer are computed by one
// launch, whose blocks read from this table what they are for. Phases whose outputs no
// tap reaches are in it too; they have no taps.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_PHASETABLE_H
#define TCONV_SCHEDULE_PHASETABLE_H

#include "tconv/Schedule/FilterPacking.h"

namespace tconv {

/// One dimension of a phase: tap t of [0, taps) of the output s*p + firstOutput reads
/// x[p + firstInput + t*inputStep], which is zero outside of x.
struct PhaseDim {
  int64_t extent;
  int64_t firstOutput;
  int64_t firstInput;
  int64_t taps;
};

struct Phase {
  std::vector<PhaseDim> dims;
  /// Where its taps begin among those of the packed filter.
  int64_t firstTap = 0;

  int64_t taps() const;
  int64_t pixels() const; ///< of one image
};

struct PhaseTable {
  std::vector<Phase> phases;

  /// For a filter whose taps stand in the order of `packing`; unsupported if there are
  /// more than `maxPhases`.
  static Result<PhaseTable> create(const Geometry &geometry, const FilterPacking &packing);
  static constexpr int64_t maxPhases = 1 << 12;

  int64_t mostPixels() const;
  int64_t mostTaps() const;
};

} // namespace tconv

#endif // TCONV_SCHEDULE_PHASETABLE_H
