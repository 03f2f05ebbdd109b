//===- WinogradWorkspace.cpp - What transformed layers keep ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Rows of the workspace are an odd number of cache lines: an even number, as powers of two, would
// put the same element of all tiles into few sets of the first cache.
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/WinogradWorkspace.h"

#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

WinogradWorkspace WinogradWorkspace::of(const WinogradPlan &plan, const Geometry &geometry,
                                        const Schedule &schedule, int64_t elementBytes) {
  const int64_t line = 64 / elementBytes;
  auto oddLines = [&](int64_t elements) { return (ceilDivide(elements, line) | 1) * line; };
  const int64_t pixels = schedule.pixels, lanes = schedule.vectorLength;
  WinogradWorkspace space{};
  const int64_t tiles = std::max<int64_t>(std::min(schedule.blockPixels, plan.tiles), 1);
  space.tiles = ceilDivide(tiles, pixels) * pixels;
  const int64_t channels = geometry.inputChannels / geometry.groups;
  space.inputProduct = ceilDivide(channels, lanes) * lanes;
  space.inputTile = oddLines(plan.mostProducts * space.inputProduct);
  space.sumProduct = schedule.vectors * lanes;
  space.sumTile = oddLines(plan.mostProducts * space.sumProduct);
  return space;
}
