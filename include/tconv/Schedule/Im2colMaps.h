//===- Im2colMaps.h - Columns of pixels that tensor maps describe *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tensor map for im2col visits the pixels of x between two corners, width first and from the end
// of an image on to the next one, and reads each a given offset behind: what the tap of a phase
// needs for rows of the product that follow each other. Corners may lie outside of x, where zeros
// are read. They follow from how many pixels a phase has in each dimension, so that phases of the
// same extents share a map; how much further behind a phase begins to read is part of the offset.
//
// Pixel by pixel, images are the innermost of these dimensions, and the outermost spatial one takes
// the place of images: it has no corners, and its pixels go on where it ends, to rows that are
// none.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_IM2COLMAPS_H
#define TCONV_SCHEDULE_IM2COLMAPS_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"

namespace tconv {

struct Im2colMaps {
  /// What the dimensions of x behind channels are, the innermost one first: a number of a spatial
  /// dimension, or `images`.
  std::vector<int64_t> dims;
  static constexpr int64_t images = -1;
  /// For each spatial dimension, where the phase that begins first begins to read.
  std::vector<int64_t> firstInput;

  /// For all dimensions but channels and the outermost one, in the order of `dims`: where the first
  /// pixel is, and the last one as seen from the end of the dimension.
  struct Corners {
    std::vector<int64_t> lower, upper;
    bool operator==(const Corners &) const = default;
  };
  std::vector<Corners> maps;
  /// Of each phase; 0 for those without taps, which read nothing.
  std::vector<int64_t> mapOfPhase;

  /// An error if corners or offsets have more bits than maps and copies have for them.
  static Result<Im2colMaps> create(const Geometry &geometry, const PhaseTable &phases,
                                   GpuPixelOrder order);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_IM2COLMAPS_H
