//===- WinogradWorkspace.h - What transformed layers keep -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_WINOGRADWORKSPACE_H
#define TCONV_SCHEDULE_WINOGRADWORKSPACE_H

#include "tconv/Schedule/WinogradPlan.h"

namespace tconv {

/// What a task keeps between its steps, in elements of the type of the sums: transformed windows,
/// tile by tile all products of one class, and sums, tile by tile all products of one phase. What a
/// transform writes or reads at once lies in few pages that way. Tiles are an odd number of cache
/// lines apart, so that those of a register tile do not share the sets of a cache.
struct WinogradWorkspace {
  int64_t tiles;        ///< of a chunk, whole register tiles
  int64_t inputProduct; ///< from one product to the next: the input channels of a group
  int64_t inputTile;    ///< from one tile to the next
  int64_t sumProduct;   ///< from one product to the next: the lanes of a block
  int64_t sumTile;

  int64_t inputs() const { return tiles * inputTile; }
  int64_t sums() const { return tiles * sumTile; }

  static WinogradWorkspace of(const WinogradPlan &plan, const Geometry &geometry,
                              const Schedule &schedule, int64_t elementBytes);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_WINOGRADWORKSPACE_H
