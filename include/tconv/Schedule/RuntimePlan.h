//===- RuntimePlan.h - The tiles of a layer whose sizes are dynamic -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Code for a layer of dynamic sizes is made before they are known. It walks over the tables of a
// TilePlan like any other, but they are made when it runs, and the shapes of tiles are a table too:
// there is code for a few numbers of pixels, wherever those lie. A tile with fewer pixels than its
// code names the first one again, which is computed twice in registers and stored twice.
//
// All is in words of 64 bits, so that no layer is too large.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_RUNTIMEPLAN_H
#define TCONV_SCHEDULE_RUNTIMEPLAN_H

#include "tconv/Schedule/TilePlan.h"

#include <optional>

namespace tconv {

/// What code asks for a plan with: everything about a layer but its sizes, then those, the batch
/// and the spatial sizes of x.
struct PlanRequest {
  static std::vector<int64_t> encode(const Geometry &geometry, const Schedule &schedule);
  /// Words of a layer of that many spatial dimensions, and of those the sizes at the end.
  static int64_t numWords(int64_t rank);
  static int64_t numSizes(int64_t rank) { return 1 + rank; }
  static int64_t rankOf(const int64_t *request) { return request[0]; }
};

/// Columns of the tables of a plan at run time.
struct PlanColumns {
  static constexpr int64_t header = 5; ///< blocks, and where each table below begins
  static constexpr int64_t block = 4, tile = 11, segment = 3;
  /// The number of the code, and the offsets of the pixels in x and then in y.
  static int64_t shape(const Schedule &schedule) { return 1 + 2 * schedule.pixels; }
};

/// The numbers of pixels of tiles that there is code for, the most first.
std::vector<int64_t> tileSizes(const Schedule &schedule);

/// The plan for a request, table behind table; nothing if there are no such sizes.
std::optional<std::vector<int64_t>> createRuntimePlan(const int64_t *request);

} // namespace tconv

#endif // TCONV_SCHEDULE_RUNTIMEPLAN_H
