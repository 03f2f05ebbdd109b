//===- SelectGpuSchedule.cpp - The cost model of GPU kernels --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every candidate (GpuCandidates.h) is estimated (GpuCost.h), with the taps that its tiles of
// pixels need (TileWork.h), which depend on nothing but their size and order and are counted
// once for each. A candidate whose blocks do not fit a multiprocessor has no estimate. The band
// of tiles that share channels (`raster`) changes nothing but traffic: it is chosen for each
// candidate, with the usual one first, so that it stays where others are no better.
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/SelectGpuSchedule.h"

#include "GpuCost.h"
#include "tconv/Schedule/CheckGpuSchedule.h"
#include "tconv/Schedule/GpuCandidates.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>

using namespace tconv;

namespace {

/// The usual one first: it stays where others are no better.
constexpr int64_t rasters[] = {8, 1, 2, 4, 16, 32, 64, 128};

/// As many steps as tiles are on their way in the deepest pipeline, of five stages: a part of fewer
/// would do little but fill it.
constexpr int64_t leastStepsOfPart = 4;

struct Choice {
  GpuSchedule schedule;
  GpuCost cost;
};

std::string describe(const Choice &choice) {
  char text[160];
  std::snprintf(text, sizeof(text),
                "%lld blocks, %lld on a multiprocessor at a time, %lld bytes of shared memory, "
                "estimated %.1f us",
                static_cast<long long>(choice.cost.blocks),
                static_cast<long long>(choice.cost.occupancy),
                static_cast<long long>(choice.cost.sharedBytes), choice.cost.seconds * 1e6);
  return text;
}

} // namespace

/// A candidate with the raster that reads least; if all channels are one block there is no choice.
static Choice chooseRaster(const GpuLayer &layer, GpuSchedule schedule, const TileWork &work,
                           const TargetGpu &target) {
  Choice best{schedule, estimateGpuCost(layer, schedule, work, target)};
  const bool choose =
      schedule.kernel != GpuKernel::Depthwise && layer.outputChannels() > schedule.blockN;
  if (!choose || best.cost.occupancy == 0)
    return best;
  for (int64_t raster : rasters) {
    schedule.raster = raster;
    const GpuCost cost = estimateGpuCost(layer, schedule, work, target);
    if (cost.isLessThan(best.cost))
      best = {schedule, cost};
  }
  return best;
}

/// The candidate with the lowest estimated time.
static std::optional<Choice> chooseBest(const GpuLayer &layer, const TargetGpu &target,
                                        bool allowTf32) {
  std::map<std::pair<int64_t, GpuPixelOrder>, TileWork> works;
  std::optional<Choice> best;
  for (const GpuSchedule &s : createGpuCandidates(layer.problem, allowTf32)) {
    auto [found, isNew] = works.try_emplace({s.blockM, s.order});
    TileWork &work = found->second;
    if (isNew)
      work = TileWork::count(layer.problem.geometry, layer.phases, s.blockM, s.order);
    const int64_t steps = work.mostTaps * ceilDivide(layer.inputChannels(), s.blockK);
    if (s.splitK > 1 && steps < leastStepsOfPart * s.splitK)
      continue;
    const Choice choice = chooseRaster(layer, s, work, target);
    if (choice.cost.occupancy > 0 && (!best || choice.cost.isLessThan(best->cost)))
      best = choice;
  }
  return best;
}

Result<SelectedGpuSchedule> tconv::selectGpuSchedule(const Problem &problem,
                                                     const TargetGpu &target, bool allowTf32) {
  if (problem.geometry.batch == 0)
    return unsupported("the batch is empty");
  if (Status status = checkGpuOperands(problem); !status)
    return status.error();
  Result<GpuLayer> layer = GpuLayer::of(problem);
  if (!layer)
    return layer.error();
  const std::optional<Choice> best = chooseBest(*layer, target, allowTf32);
  if (!best)
    return unsupported("no tile fits the shared memory of " + target.arch);
  if (Status status = checkGpuSchedule(best->schedule, problem, target); !status)
    return status.error();
  return SelectedGpuSchedule{best->schedule, describe(*best)};
}
