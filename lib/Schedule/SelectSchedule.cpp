//===- SelectSchedule.cpp - The cost model of the fast tier ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/SelectSchedule.h"

#include "Division.h"
#include "TileCost.h"
#include "tconv/Schedule/FilterPacking.h"

#include <algorithm>
#include <numeric>
#include <optional>

using namespace tconv;

namespace {

int64_t sumBytes(ElementType type) { return type == ElementType::F64 ? 8 : 4; }

/// Bytes of so many elements of x or w, as kernels read them.
int64_t factorBytes(ElementType type, DotProduct dot, int64_t elements) {
  return elements * (dot == DotProduct::Plain ? sumBytes(type) : 4) / channelsPerStep(dot);
}

int64_t nextPowerOfTwo(int64_t value) {
  int64_t power = 1;
  while (power < value)
    power *= 2;
  return power;
}

DotProduct selectDotProduct(ElementType type, const TargetCpu &target) {
  if (type == ElementType::BF16 && target.hasBf16Pairs)
    return DotProduct::Bf16Pairs;
  if (type == ElementType::I8 && target.hasInt8Quads)
    return DotProduct::Int8Quads;
  if (type == ElementType::I8 && target.hasInt16Pairs)
    return DotProduct::Int16Pairs;
  return DotProduct::Plain;
}

bool isDepthwise(const Geometry &geometry) {
  return geometry.groups > 1 && geometry.inputChannels == geometry.groups &&
         geometry.outputChannels == geometry.groups;
}

/// Bytes of x at one position, all channels.
int64_t pixelBytes(const LayerProblem &problem) {
  return std::max<int64_t>(problem.geometry.inputChannels * sumBytes(problem.type), 1);
}

/// Steps of the longest phase.
int64_t longestPhase(const Geometry &geometry, const FilterPacking &packing) {
  int64_t taps = 1;
  for (const DimGeometry &dim : geometry.dims)
    taps *= (dim.kernel + dim.attributes.tapStep() - 1) / dim.attributes.tapStep();
  return taps * packing.stepsPerTap;
}

/// Positions of x, all images.
int64_t numPositions(const Geometry &geometry) {
  int64_t positions = geometry.batch;
  for (const DimGeometry &dim : geometry.dims)
    positions *= dim.input;
  return positions;
}

/// Long sums are computed in parts, so that a part of the filter stays in a near cache
/// while the tiles of a block take turns. Parts are handed on through y, which must not
/// round them. A filter that does not fit the second cache is fetched ahead, part by part:
/// 5 to 7 % faster if it comes from the third cache, and a third if from memory (Zen 3). A
/// filter that is used for many positions, without parts, would not gain.
void selectReductionBlock(const LayerProblem &problem, const TargetCpu &target,
                          Schedule &schedule) {
  if (schedule.fusedPhases > 1 || schedule.family != KernelFamily::OutputChannels)
    return;
  auto packing = FilterPacking::create(problem.geometry, schedule);
  const bool exact = problem.type != ElementType::F16 && problem.type != ElementType::BF16;
  const int64_t longest = longestPhase(problem.geometry, packing);
  const int64_t stepBytes = packing.blockLanes * sumBytes(problem.type);
  const int64_t steps = std::max<int64_t>(target.l2 / 8 / stepBytes / 16 * 16, 256);
  const bool farAway = factorBytes(problem.type, schedule.dot, packing.elements()) > target.l2;
  constexpr int64_t fewPositions = 1024;
  if (exact && longest >= 2 * steps)
    schedule.reductionBlock = steps;
  else if (farAway && numPositions(problem.geometry) <= fewPositions)
    schedule.reductionBlock = ceilDivide(longest, schedule.unroll) * schedule.unroll;
  schedule.prefetch = farAway && schedule.reductionBlock > 0;
}

/// How much one task does: its part of x stays in the second cache, next to what it
/// reads of the filter.
void selectBlocks(const LayerProblem &problem, const TargetCpu &target, Schedule &schedule) {
  auto packing = FilterPacking::create(problem.geometry, schedule);
  const int64_t fewest = 16 * schedule.pixels;
  int64_t pixels = std::clamp<int64_t>(target.l2 / pixelBytes(problem), fewest, 4096);
  const int64_t positions = numPositions(problem.geometry);
  constexpr int64_t enoughTasks = 32;
  pixels = std::min(pixels, std::max(positions / enoughTasks, fewest));
  schedule.blockPixels = pixels;
  const int64_t blocks = (positions + pixels - 1) / pixels;
  const int64_t laneBlocks = packing.numBlocks();
  // What a depthwise tile reads from tables serves all its lane blocks.
  const int64_t fewestBlocks = schedule.family == KernelFamily::Depthwise ? 8 : 1;
  schedule.blocksPerTask =
      std::clamp<int64_t>(laneBlocks * blocks / enoughTasks, std::min(fewestBlocks, laneBlocks),
                          std::max<int64_t>(laneBlocks, 1));
}

/// A row of x with all input channels of a group.
int64_t rowBytes(const LayerProblem &problem) {
  constexpr int64_t halo = 16;
  const Geometry &geometry = problem.geometry;
  return (geometry.dims.back().input + halo) * geometry.inputChannels / geometry.groups *
         sumBytes(problem.type);
}

/// Rows of x that a row of y reads, at most.
int64_t outerTaps(const Geometry &geometry) {
  int64_t taps = 1;
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim) {
    const int64_t step = geometry.dims[dim].attributes.tapStep();
    taps *= (geometry.dims[dim].kernel + step - 1) / step;
  }
  return taps;
}

/// Rows that one task computes: what it copies of x stays in the second cache.
void selectRows(const LayerProblem &problem, const TargetCpu &target, Schedule &schedule) {
  const Geometry &geometry = problem.geometry;
  const int64_t width = geometry.dims.back().input;
  int64_t rows = 1;
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim)
    rows *= geometry.dims[dim].output;
  int64_t scale = 1;
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim)
    scale *= geometry.dims[dim].attributes.stride;
  int64_t perTask = std::max<int64_t>(target.l2 * 3 / 2 / rowBytes(problem) - 2, 1) * scale;
  constexpr int64_t enoughTasks = 16;
  const int64_t wanted = rows * geometry.batch * geometry.groups / enoughTasks;
  perTask = std::clamp<int64_t>(perTask, 1, std::max<int64_t>(wanted, 1));
  schedule.blockPixels = std::min(perTask, rows) * width;
}

bool takesWidth(const LayerProblem &problem) {
  return !problem.channelsLast &&
         (problem.type == ElementType::F32 || problem.type == ElementType::F64);
}

/// Register tiles of some output channels and vectors of positions.
void addWidthCandidates(const LayerProblem &problem, const TargetCpu &target,
                        std::vector<Schedule> &schedules) {
  const DimGeometry &dim = problem.geometry.dims.back();
  const int64_t channels = problem.geometry.outputChannels / problem.geometry.groups;
  const int64_t s = dim.attributes.stride, registers = target.vectorRegisters - 1;
  // Taps are written out in the code; channels that fill a vector are better lanes; the
  // rows of x that one row of y reads must stay in the second cache.
  constexpr int64_t maxTaps = 64;
  if (dim.kernel > maxTaps || channels * sumBytes(problem.type) >= target.vectorBytes ||
      rowBytes(problem) * outerTaps(problem.geometry) > target.l2)
    return;
  Schedule schedule;
  schedule.family = KernelFamily::Width;
  const int64_t positions = (dim.output + s - 1) / s;
  schedule.vectorLength =
      std::min(target.vectorBytes / sumBytes(problem.type), nextPowerOfTwo(positions));
  for (schedule.pixels = 1; schedule.pixels <= std::min<int64_t>(channels, 8); ++schedule.pixels)
    for (schedule.vectors = 1; schedule.vectors <= 6; ++schedule.vectors)
      if ((schedule.pixels * s + 1) * schedule.vectors <= registers)
        schedules.push_back(schedule);
}

/// Pixels of x that fit the first cache side by side: those 4 KiB apart fall into one of
/// its sets, of which two places are left for the filter. (Measured on Zen 4, which has eight: 16
/// pixels of 1024 channels run at half the speed.)
int64_t mostPixels(const LayerProblem &problem, const TargetCpu &target, DotProduct dot) {
  constexpr int64_t line = 64, page = 4096;
  const int64_t bytes = factorBytes(problem.type, dot, problem.geometry.inputChannels);
  const int64_t distance = std::max(std::gcd(bytes, page), line);
  return std::max<int64_t>(target.l1 / page - 2, 1) * (page / distance);
}

/// All register tiles that fit, for a family.
std::vector<Schedule> candidates(const LayerProblem &problem, const TargetCpu &target) {
  std::vector<Schedule> schedules;
  Schedule schedule;
  schedule.dot = selectDotProduct(problem.type, target);
  const int64_t lanes = problem.geometry.outputChannels / problem.geometry.groups;
  const int64_t widest = target.vectorBytes / sumBytes(problem.type);
  // One for a number of x; where there are many, two more for what LLVM loads ahead: it
  // then spilled some tiles of 27 and 28 sums.
  const int64_t spare = target.vectorRegisters > 16 ? 3 : 1;
  const int64_t limit = mostPixels(problem, target, schedule.dot);
  if (isDepthwise(problem.geometry)) {
    schedule.family = KernelFamily::Depthwise;
    schedule.dot = DotProduct::Plain;
    schedule.vectorLength = std::min(widest, nextPowerOfTwo(problem.geometry.outputChannels));
    const int64_t vectors = problem.geometry.outputChannels / schedule.vectorLength;
    // Tall tiles, since a vector of the filter serves all pixels, of at least a cache line:
    // 3x4 and 8x1 tiles take a fifth to a half longer (Zen 3).
    schedule.vectors = std::clamp<int64_t>(vectors, 1, 2);
    schedule.pixels = std::min<int64_t>(target.vectorRegisters / schedule.vectors - 1, 8);
    return {schedule};
  }
  for (int64_t fused : {int64_t(1), problem.geometry.dims.back().attributes.stride}) {
    if (fused > 1 && (!canFusePhases(problem.geometry.dims.back()) || problem.geometry.groups > 1))
      continue;
    schedule.fusedPhases = fused;
    // Instructions for pairs and quads have at least four lanes.
    const int64_t fewest = schedule.dot == DotProduct::Plain ? 1 : 4;
    schedule.vectorLength = std::clamp(nextPowerOfTwo(lanes * fused), fewest, widest);
    for (schedule.vectors = 1; schedule.vectors <= 4; ++schedule.vectors) {
      if (schedule.vectors > 1 && (schedule.vectors - 1) * schedule.vectorLength >= lanes * fused)
        continue;
      schedule.pixels = std::min((target.vectorRegisters - spare) / schedule.vectors - 1, limit);
      for (int64_t most = schedule.pixels; schedule.pixels * 2 > most; --schedule.pixels)
        schedules.push_back(schedule);
    }
  }
  if (takesWidth(problem))
    addWidthCandidates(problem, target, schedules);
  return schedules;
}

/// Elements of x and y that are copied between channels first and last.
double convertedElements(const LayerProblem &problem) {
  if (problem.channelsLast)
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

double estimate(const LayerProblem &problem, const Schedule &schedule, const TargetCpu &target) {
  if (schedule.family == KernelFamily::Width)
    return estimateWidthCycles(problem.geometry, schedule, target);
  constexpr double conversionCycles = 0.75;
  return estimateCycles(problem.geometry, schedule, target) +
         conversionCycles * convertedElements(problem);
}

/// More phases than this are left to the portable tier's loops.
constexpr int64_t maxPhases = 1 << 12;

struct Choice {
  Schedule schedule;
  double cycles;
};

std::optional<Choice> chooseTile(const LayerProblem &problem, const TargetCpu &target) {
  std::optional<Choice> best;
  for (const Schedule &schedule : candidates(problem, target)) {
    if (problem.geometry.numPhases() / schedule.fusedPhases > maxPhases)
      continue;
    double cycles = estimate(problem, schedule, target);
    if (!best || cycles < best->cycles)
      best = {schedule, cycles};
  }
  return best;
}

} // namespace

Result<SelectedSchedule> tconv::selectSchedule(const LayerProblem &problem,
                                               const TargetCpu &target) {
  if (problem.geometry.batch == 0)
    return Error{"the batch is empty", true};
  std::optional<Choice> choice = chooseTile(problem, target);
  if (!choice)
    return Error{"more than " + std::to_string(maxPhases) + " phases", true};
  Schedule *best = &choice->schedule;
  if (best->family == KernelFamily::Width) {
    selectRows(problem, target, *best);
  } else {
    selectReductionBlock(problem, target, *best);
    selectBlocks(problem, target, *best);
  }
  double perCycle = target.multiplyAdds * target.vectorBytes / sumBytes(problem.type) *
                    channelsPerStep(best->dot);
  double share = problem.geometry.usefulMultiplyAdds() / perCycle / choice->cycles;
  return SelectedSchedule{*best, "estimated " + std::to_string(int(share * 100)) +
                                     " % of the multiply-add peak"};
}

bool tconv::prefersChannelsLast(const LayerProblem &problem, const TargetCpu &target) {
  LayerProblem first = problem, last = problem;
  first.channelsLast = false;
  last.channelsLast = true;
  std::optional<Choice> firstChoice = chooseTile(first, target);
  std::optional<Choice> lastChoice = chooseTile(last, target);
  return lastChoice && (!firstChoice || lastChoice->cycles <= firstChoice->cycles);
}
