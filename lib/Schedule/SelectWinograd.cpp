//===- SelectWinograd.cpp - Schedules of transformed layers ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SelectWinograd.h"

#include "Candidates.h"
#include "TableLimits.h"
#include "WinogradCost.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Schedule/WinogradWorkspace.h"
#include "tconv/Support/Division.h"

#include <algorithm>
#include <bit>

using namespace tconv;

namespace {

/// Whether a tile saves multiplications in some dimension, and rounds little more than a plain
/// sum in all: with more than four products of a dimension errors grow tenfold.
bool isWorthwhile(const Geometry &geometry, const Schedule &schedule) {
  constexpr int64_t mostProducts = 4;
  bool saves = false;
  for (const DimGeometry &dim : geometry.dims) {
    const int64_t outputs = tileOutputs(dim, schedule);
    const int64_t taps = ceilDivide(dim.kernel, dim.attributes.tapStep());
    if (outputs > 1 && CookToom::products(outputs, taps) > mostProducts)
      return false;
    saves |= outputs > 1;
  }
  return saves;
}

/// Bytes between the steps of a task.
int64_t workspaceBytes(const Problem &problem, const WinogradPlan &plan, const Schedule &schedule) {
  const int64_t bytes = sumByteSize(problem.type);
  auto space = WinogradWorkspace::of(plan, problem.geometry, schedule, bytes);
  return (space.inputs() + space.sums()) * bytes;
}

/// Tiles that a task takes at a time: what is between the steps stays in the second cache, next
/// to the filter; and each part of the filter serves enough of them to pay for its way from the
/// third cache. (Sapphire Rapids: 24 tiles take 2 to 7 % longer than 36 to 60, and 120 take 5 to
/// 15 % longer.)
void selectChunk(const Problem &problem, const TargetCpu &target, Schedule &schedule) {
  constexpr int64_t fewest = 36, most = 96, enoughTasks = 16;
  const WinogradPlan plan = WinogradPlan::create(problem.geometry, schedule);
  schedule.blockPixels = most;
  int64_t tiles = target.l2 / 2 * most / workspaceBytes(problem, plan, schedule);
  tiles = std::clamp(std::min(tiles, ceilDivide(plan.tiles, enoughTasks)), fewest, most);
  // All chunks of a size, and whole register tiles.
  const int64_t chunks = std::max<int64_t>(ceilDivide(plan.tiles, tiles), 1);
  tiles = std::max<int64_t>(ceilDivide(plan.tiles, chunks), 1);
  schedule.blockPixels = ceilDivide(tiles, schedule.pixels) * schedule.pixels;
  const int64_t blocks = FilterPacking::create(problem.geometry, schedule).numBlocks();
  schedule.blocksPerTask =
      std::clamp<int64_t>(blocks * chunks * problem.geometry.groups / (enoughTasks / 4), 1,
                          std::max<int64_t>(blocks, 1));
}

/// Whether there is work for more than one thread.
bool hasTasks(const Geometry &geometry, const Schedule &schedule) {
  const WinogradPlan plan = WinogradPlan::create(geometry, schedule);
  const int64_t blocks = FilterPacking::create(geometry, schedule).numBlocks();
  return plan.tiles > schedule.blockPixels || blocks > schedule.blocksPerTask ||
         geometry.groups > 1;
}

/// The register tiles for a tile of positions.
std::vector<Schedule> candidates(const Problem &problem, const TargetCpu &target, int64_t tile) {
  std::vector<Schedule> schedules;
  const int64_t lanes = problem.geometry.outputChannels / problem.geometry.groups;
  Schedule schedule;
  schedule.family = KernelFamily::Winograd;
  schedule.tile = tile;
  schedule.prefetch = true;
  schedule.vectorLength =
      std::min<int64_t>(target.vectorBytes / sumByteSize(problem.type),
                        static_cast<int64_t>(std::bit_ceil(static_cast<uint64_t>(lanes))));
  const int64_t spare = target.vectorRegisters > 16 ? 3 : 1;
  const int64_t line = 64 / sumByteSize(problem.type);
  for (schedule.vectors = 1; schedule.vectors <= 4; ++schedule.vectors) {
    // Whole cache lines of y, if there are so many channels, and no vector without any.
    const int64_t blockLanes = schedule.vectors * schedule.vectorLength;
    if (blockLanes < std::min(line, lanes) || blockLanes - schedule.vectorLength >= lanes)
      continue;
    // With fewer pixels the filter would come from the second cache faster than that gives it.
    constexpr int64_t fewestPixels = 4;
    schedule.pixels = (target.vectorRegisters - spare) / schedule.vectors - 1;
    if (schedule.pixels >= fewestPixels)
      schedules.push_back(schedule);
  }
  return schedules;
}

} // namespace

std::optional<WinogradChoice> tconv::chooseWinograd(const Problem &problem,
                                                    const TargetCpu &target) {
  std::optional<WinogradChoice> best;
  if (!isFloat(problem.type))
    return best;
  for (int64_t tile : {2, 3})
    for (Schedule &schedule : candidates(problem, target, tile)) {
      if (!checkTransformTables(problem.geometry, schedule) ||
          !isWorthwhile(problem.geometry, schedule))
        continue;
      selectChunk(problem, target, schedule);
      if (!hasTasks(problem.geometry, schedule))
        continue;
      const double cycles = estimateWinogradCycles(problem.geometry, schedule, target);
      if (!best || cycles < best->cycles)
        best = {schedule, cycles};
    }
  if (!best)
    return best;
  const WinogradPlan plan = WinogradPlan::create(problem.geometry, best->schedule);
  best->multiplications = countMultiplications(problem.geometry, best->schedule);
  best->workspaceBytes = workspaceBytes(problem, plan, best->schedule);
  return best;
}
