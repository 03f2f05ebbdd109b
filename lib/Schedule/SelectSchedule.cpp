//===- SelectSchedule.cpp - The cost model of the fast tier ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The register tiles that a processor has room for are enumerated, the one with the lowest
// estimated time is taken, and what surrounds it is chosen by rules: how much one task does, so
// that its part of x and of the filter stays in the second cache, and how long sums are cut. The
// estimates (TileCost.cpp, WidthCost.cpp) leave caches out of account; the rules are what
// measurements of layers with one choice or the other gave. Where a constant says Zen 3 or Zen 4,
// it was measured there and is taken for all.
//
// Test: unittests/Schedule/SelectScheduleTest.cpp, ChosenScheduleTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/SelectSchedule.h"

#include "Axis.h"
#include "Candidates.h"
#include "SelectWinograd.h"
#include "TableLimits.h"
#include "TileCost.h"
#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include <algorithm>
#include <cmath>
#include <optional>

using namespace tconv;

namespace {

/// The largest value of a field of a schedule that counts positions or steps.
constexpr int64_t largestField = int64_t(1) << 30;

/// Bytes of x at one position, all channels.
int64_t pixelBytes(const Problem &problem) {
  return std::max<int64_t>(problem.geometry.inputChannels * sumByteSize(problem.type), 1);
}

/// Positions of x, all images.
int64_t numPositions(const Geometry &geometry) {
  int64_t positions = geometry.batch;
  for (const DimGeometry &dim : geometry.dims)
    positions *= dim.input;
  return positions;
}

/// Cycles that the multiply-adds take, at least.
double multiplyAddCycles(const Problem &problem, const Schedule &schedule,
                         const TargetCpu &target) {
  const double perCycle = target.multiplyAdds * double(target.vectorBytes) /
                          double(sumByteSize(problem.type)) * double(channelsPerStep(schedule.dot));
  return problem.geometry.usefulMultiplyAdds() / perCycle;
}

/// Products that an element of y is a sum of.
double averageSteps(const Problem &problem) {
  double elements = double(problem.geometry.batch * problem.geometry.outputChannels);
  for (const DimGeometry &dim : problem.geometry.dims)
    elements *= double(dim.output);
  return problem.geometry.usefulMultiplyAdds() / std::max(elements, 1.0);
}

/// Long sums are computed in parts, so that a part of the filter stays in a near cache
/// while the tiles of a block take turns. Parts are handed on through y, or, of results that
/// are rounded, through a buffer, which pays where a large filter serves few positions. A filter
/// that does not fit the second cache is fetched ahead, part by part: 5 to 7 % faster if it comes
/// from the third cache, and a third if from memory (Zen 3). A filter that is used for many
/// positions, without parts, would not gain.
void selectReductionBlock(const Problem &problem, const TargetCpu &target, Schedule &schedule) {
  if (schedule.fusedPhases > 1 || schedule.family != KernelFamily::OutputChannels)
    return;
  auto packing = FilterPacking::create(problem.geometry, schedule);
  const bool exact = problem.type != ElementType::F16 && problem.type != ElementType::BF16;
  const int64_t longest = longestPhase(problem.geometry, schedule);
  const int64_t whole = ceilDivide(longest, schedule.unroll) * schedule.unroll;
  const int64_t stepBytes = packing.blockLanes * sumByteSize(problem.type);
  // A part of the filter fills so much of the second cache, whole iterations of any unrolled
  // loop, but is not so short that its loads and stores of sums count (Zen 3).
  constexpr int64_t partOfCache = 8, stepsOfIterations = 16, fewestSteps = 256;
  const int64_t fitting = target.l2 / partOfCache / stepBytes;
  int64_t steps = std::max<int64_t>(fitting / stepsOfIterations * stepsOfIterations, fewestSteps);
  const int64_t filterBytes = factorBytes(problem.type, schedule.dot, packing.elements());
  const bool farAway = filterBytes > target.l2;
  // Where fetching the filter takes longer than multiplying by it, stores of sums do not count, and
  // short parts are fetched evenly: 14 % faster (33 MB for 16 positions, Sapphire Rapids, whose
  // third cache hands out so many bytes a cycle).
  constexpr double farBytesPerCycle = 6.5;
  constexpr int64_t stepsOfShortParts = 64;
  const bool isBoundByFilter =
      double(filterBytes) / farBytesPerCycle > multiplyAddCycles(problem, schedule, target);
  // Of longer sums the parts, which are tables, would be many.
  constexpr int64_t longestOfShortParts = 256 * stepsOfShortParts;
  if (isBoundByFilter && averageSteps(problem) >= 2 * stepsOfShortParts &&
      longest <= longestOfShortParts)
    steps = stepsOfShortParts;
  // Positions of x up to which a filter is read too seldom for parts (measured on Zen 3).
  constexpr int64_t fewPositions = 1024;
  const bool isUsedSeldom = farAway && numPositions(problem.geometry) <= fewPositions;
  if ((exact || isUsedSeldom) && longest >= 2 * steps)
    schedule.reductionBlock = steps;
  else if (isUsedSeldom && whole <= largestField)
    schedule.reductionBlock = whole;
  schedule.prefetch = farAway && schedule.reductionBlock > 0;
}

/// How much one task does: its part of x stays in the second cache, next to what it
/// reads of the filter. Counts of tiles and tasks are estimates: what starts a task is to be
/// small beside its work, and tasks are to be many for the threads that share them.
void selectBlocks(const Problem &problem, const TargetCpu &target, Schedule &schedule) {
  auto packing = FilterPacking::create(problem.geometry, schedule);
  const int64_t fewest = 16 * schedule.pixels;
  const int64_t positions = numPositions(problem.geometry);
  const int64_t most = std::max<int64_t>(4096, positions / manyBlocks);
  int64_t pixels = std::clamp<int64_t>(target.l2 / pixelBytes(problem), fewest, most);
  constexpr int64_t enoughTasks = 32;
  pixels = std::min(pixels, std::max(positions / enoughTasks, fewest));
  schedule.blockPixels = pixels;
  const int64_t blocks = ceilDivide(positions, pixels);
  const int64_t laneBlocks = packing.numBlocks();
  // What a depthwise tile reads from tables serves all its lane blocks.
  const int64_t fewestBlocks = schedule.family == KernelFamily::Depthwise ? 8 : 1;
  schedule.blocksPerTask =
      std::clamp<int64_t>(laneBlocks * blocks / enoughTasks, std::min(fewestBlocks, laneBlocks),
                          std::max<int64_t>(laneBlocks, 1));
}

/// Rows that one task computes: what it copies of x stays in the second cache. How many tasks
/// are enough is an estimate.
void selectRows(const Problem &problem, const TargetCpu &target, Schedule &schedule) {
  const Geometry &geometry = problem.geometry;
  const int64_t width = geometry.dims.back().input;
  int64_t rows = 1;
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim)
    rows *= geometry.dims[dim].output;
  int64_t scale = 1; // no more than rows
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim)
    scale *= std::min(geometry.dims[dim].attributes.stride, geometry.dims[dim].output);
  int64_t perTask = std::max<int64_t>(target.l2 * 3 / 2 / rowBytes(problem) - 2, 1) * scale;
  constexpr int64_t enoughTasks = 16;
  const int64_t wanted = rows * geometry.batch * geometry.groups / enoughTasks;
  perTask = std::clamp<int64_t>(perTask, 1, std::max<int64_t>(wanted, 1));
  schedule.blockPixels = std::min(std::min(perTask, rows) * width, largestField);
}

/// Elements of x and y that are copied between channels first and last.
double convertedElements(const Problem &problem) {
  if (problem.channelsLast())
    return 0;
  const Geometry &geometry = problem.geometry;
  double x = double(geometry.batch * geometry.inputChannels);
  double y = double(geometry.batch * geometry.outputChannels);
  for (const DimGeometry &dim : geometry.dims) {
    x *= double(dim.input);
    y *= double(dim.output);
  }
  return x + y;
}

double conversionCycles(const Problem &problem) {
  // Of an element that is copied between the layouts (measured on Zen 3).
  constexpr double perElement = 0.75;
  return perElement * convertedElements(problem);
}

double estimate(const Problem &problem, const Schedule &schedule, const TargetCpu &target) {
  if (schedule.family == KernelFamily::Width)
    return estimateWidthCycles(problem.geometry, schedule, target);
  return estimateCycles(problem.geometry, schedule, target) + conversionCycles(problem);
}

struct Choice {
  Schedule schedule;
  double cycles;
};

Result<Choice> chooseTile(const Problem &problem, const TargetCpu &target,
                          FamilyChoice families = {}) {
  auto candidates = createCandidates(problem, target);
  if (!candidates)
    return candidates.error();
  std::optional<Choice> best;
  for (const Schedule &schedule : *candidates) {
    if (schedule.family == KernelFamily::Width && !families.width)
      continue;
    double cycles = estimate(problem, schedule, target);
    // Of equal ones the first, however their sums were rounded.
    constexpr double less = 1 - 1e-9;
    if (!best || cycles < best->cycles * less)
      best = {schedule, cycles};
  }
  if (!best)
    return unsupported("expected static spatial sizes for the family width");
  return *best;
}

/// The transformed layer, if it is faster than `direct` cycles by more than estimates are worth;
/// otherwise `reason` says what it would take.
std::optional<SelectedSchedule> selectTransforms(const Problem &problem, const TargetCpu &target,
                                                 double direct, std::string &reason) {
  std::optional<WinogradChoice> choice = chooseWinograd(problem, target);
  if (!choice)
    return std::nullopt;
  constexpr double worthwhile = 0.95;
  const double cycles = choice->cycles + conversionCycles(problem);
  auto thousands = [](double count) { return formatCount(std::round(count / 1e3)) + "e3"; };
  const std::string text =
      thousands(cycles) + " cycles for " + thousands(choice->multiplications) + " multiplications";
  if (cycles > worthwhile * direct) {
    reason = ", by transforms " + text;
    return std::nullopt;
  }
  return SelectedSchedule{choice->schedule,
                          "estimated " + text + " and " + std::to_string(choice->workspaceBytes) +
                              " bytes of workspace a task, directly " + thousands(direct) +
                              " cycles for " + thousands(problem.geometry.usefulMultiplyAdds())};
}

} // namespace

Result<SelectedSchedule> tconv::selectSchedule(const Problem &problem, const TargetCpu &target,
                                               FamilyChoice families) {
  if (problem.geometry.batch == 0)
    return unsupported("the batch is empty");
  Result<Choice> choice = chooseTile(problem, target, families);
  if (!choice)
    return choice.error();
  std::string transforms;
  if (families.transforms)
    if (auto selected = selectTransforms(problem, target, choice->cycles, transforms))
      return *selected;
  Schedule *best = &choice->schedule;
  if (best->family == KernelFamily::Width) {
    selectRows(problem, target, *best);
  } else {
    selectReductionBlock(problem, target, *best);
    selectBlocks(problem, target, *best);
  }
  if (Status status = checkTables(*best, problem.geometry); !status)
    return status.error();
  // Where no output has a tap there are no multiply-adds, in no time.
  const double share = multiplyAddCycles(problem, *best, target) / std::max(choice->cycles, 1.0);
  return SelectedSchedule{*best, "estimated " + std::to_string(int(share * 100)) +
                                     " % of the multiply-add peak" + transforms};
}

bool tconv::prefersChannelsLast(const Problem &problem, const TargetCpu &target) {
  Problem first = problem, last = problem;
  first.layout = TensorLayout::ChannelsFirst;
  last.layout = TensorLayout::ChannelsLast;
  Result<Choice> firstChoice = chooseTile(first, target);
  Result<Choice> lastChoice = chooseTile(last, target);
  return lastChoice && (!firstChoice || lastChoice->cycles <= firstChoice->cycles);
}
