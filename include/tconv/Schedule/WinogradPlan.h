//===- WinogradPlan.h - The transforms of a layer, as data ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For kernels of the family Winograd. Written in q = floor((o + pb)/s), every phase of a
// dimension reads the same elements of x: tap j of a phase reads x[q - j]. So a window of x is
// transformed once for all phases that have as many taps. Per dimension, m outputs of a phase of
// n taps take m + n - 1 products (CookToom.h); in several dimensions transforms, windows and
// numbers of products are the products of those of the dimensions.
//
// A *tile* is m positions q in each dimension, of one image. A *class* is what the phases with
// the same numbers of taps have in common: one transform of the window of a tile. In the
// transformed filter each product of each phase is a row of [input channels][lanes].
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_WINOGRADPLAN_H
#define TCONV_SCHEDULE_WINOGRADPLAN_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/CookToom.h"
#include "tconv/Schedule/Schedule.h"

#include <vector>

namespace tconv {

/// One dimension: tile t holds the positions [firstPosition + t*outputs, + outputs).
struct WinogradDim {
  int64_t outputs = 1; ///< m
  int64_t firstPosition = 0;
  int64_t tiles = 0;
};

struct WinogradPhase {
  int64_t number; ///< among the phases of the packed filter
  /// For each dimension, residue - pb: the output of position q is s*q + offset.
  std::vector<int64_t> offsets;
};

struct WinogradClass {
  std::vector<CookToom> transforms; ///< one for each dimension
  std::vector<WinogradPhase> phases;
  int64_t firstRow = 0; ///< of its phases in the transformed filter

  int64_t products() const; ///< of a tile and a phase
  int64_t taps() const;     ///< of a phase
  /// Sizes along the dimensions.
  std::vector<int64_t> window() const;
  std::vector<int64_t> tapSizes() const;
};

struct WinogradPlan {
  std::vector<WinogradDim> dims;
  std::vector<WinogradClass> classes;
  /// Of all images.
  int64_t tiles = 0;
  /// Of a tile and an input channel, all classes, and the most of a class.
  int64_t products = 0;
  int64_t mostProducts = 0;

  /// Rows of the transformed filter.
  int64_t filterRows = 0;

  /// For layers that `checkTransforms` accepts; the sizes of x and y matter for `dims` and `tiles`
  /// alone.
  static WinogradPlan create(const Geometry &geometry, const Schedule &schedule);
};

/// An error if there are no transforms for a layer: neighbouring taps of each phase must read
/// neighbouring elements of x, and neither products nor phases may be too many.
Status checkTransforms(const Geometry &geometry, const Schedule &schedule);

/// Positions of a tile in a dimension: the schedule's, or 1 where no phase has several taps, or
/// one has more than there are transforms for.
int64_t tileOutputs(const DimGeometry &dim, const Schedule &schedule);

/// Multiplications of a tile's positions for a pair of channels, by the definition: all phases
/// that have taps, as if no tap were cut off.
double directProducts(const WinogradPlan &plan);

} // namespace tconv

#endif // TCONV_SCHEDULE_WINOGRADPLAN_H
