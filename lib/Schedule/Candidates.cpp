//===- Candidates.cpp - Register tiles that a layer may have --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A register tile is as many sums as the vector registers hold, beside what a step loads: wide and
// low or narrow and high, of any family whose kernels the layer can have. Those whose tables
// would be too large are left out.
//
// Test: unittests/Schedule/ChosenScheduleTest.cpp
//
//===----------------------------------------------------------------------===//

#include "Candidates.h"

#include "TableLimits.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include <algorithm>
#include <numeric>

using namespace tconv;

int64_t tconv::factorBytes(ElementType type, DotProduct dot, int64_t elements) {
  return elements * (dot == DotProduct::Plain ? sumByteSize(type) : 4) / channelsPerStep(dot);
}

int64_t tconv::rowBytes(const Problem &problem) {
  constexpr int64_t halo = 16;
  const Geometry &geometry = problem.geometry;
  return (geometry.dims.back().input + halo) * geometry.inputChannels / geometry.groups *
         sumByteSize(problem.type);
}

namespace {

int64_t nextPowerOfTwo(int64_t value) {
  int64_t power = 1;
  while (power < value)
    power *= 2;
  return power;
}

DotProduct selectDotProduct(const Problem &problem, const TargetCpu &target) {
  const ElementType type = problem.type;
  // A pair is two multiply-adds of numbers that need not be widened.
  if (type == ElementType::BF16 && target.hasBf16Pairs &&
      2 * target.bf16Pairs > target.multiplyAdds)
    return DotProduct::Bf16Pairs;
  if (type == ElementType::I8 && target.hasInt8Quads && problem.zeroPoints.filter == 0)
    return DotProduct::Int8Quads;
  if (type == ElementType::I8 && target.hasInt16Pairs)
    return DotProduct::Int16Pairs;
  return DotProduct::Plain;
}

bool isDepthwise(const Geometry &geometry) {
  return geometry.groups > 1 && geometry.inputChannels == geometry.groups &&
         geometry.outputChannels == geometry.groups;
}

/// Rows of x that a row of y reads, at most.
int64_t outerTaps(const Geometry &geometry) {
  int64_t taps = 1;
  for (size_t dim = 0; dim + 1 < geometry.dims.size(); ++dim) {
    const int64_t step = geometry.dims[dim].attributes.tapStep();
    taps *= ceilDivide(geometry.dims[dim].kernel, step);
  }
  return taps;
}

bool takesWidth(const Problem &problem) { return !problem.channelsLast() && isFloat(problem.type); }

/// Register tiles of some output channels and vectors of positions.
void addWidthCandidates(const Problem &problem, const TargetCpu &target,
                        std::vector<Schedule> &schedules) {
  const DimGeometry &dim = problem.geometry.dims.back();
  const int64_t channels = problem.geometry.outputChannels / problem.geometry.groups;
  const int64_t s = dim.attributes.stride, registers = target.vectorRegisters - 1;
  const int64_t widest = target.vectorBytes / sumByteSize(problem.type);
  Schedule schedule;
  schedule.family = KernelFamily::Width;
  schedule.vectorLength = nextPowerOfTwo(std::min(ceilDivide(dim.output, s), widest));
  schedule.pixels = schedule.vectors = 1;
  if (!checkRowTables(problem.geometry, schedule))
    return;
  // Taps are written out in the code; channels that fill a vector are better lanes; the
  // rows of x that one row of y reads must stay in the second cache, with what padding and
  // dilation add to them.
  constexpr int64_t mostTaps = 64;
  const int64_t row = WidthPlan::create(dim, schedule).rowElements *
                      (problem.geometry.inputChannels / problem.geometry.groups) *
                      sumByteSize(problem.type);
  if (dim.kernel > mostTaps || channels >= widest ||
      std::max(rowBytes(problem), row) * outerTaps(problem.geometry) > target.l2)
    return;
  for (schedule.pixels = 1; schedule.pixels <= std::min<int64_t>(channels, 8); ++schedule.pixels)
    for (schedule.vectors = 1; schedule.vectors <= 6; ++schedule.vectors)
      if ((schedule.pixels * s + 1) * schedule.vectors <= registers)
        schedules.push_back(schedule);
}

/// Pixels of x that fit the first cache side by side: those 4 KiB apart fall into one of
/// its sets, of which two places are left for the filter. (Measured on Zen 4, which has eight: 16
/// pixels of 1024 channels run at half the speed.)
int64_t mostPixels(const Problem &problem, const TargetCpu &target, DotProduct dot) {
  constexpr int64_t line = 64, page = 4096;
  const int64_t bytes = factorBytes(problem.type, dot, problem.geometry.inputChannels);
  const int64_t distance = std::max(std::gcd(bytes, page), line);
  return std::max<int64_t>(target.l1 / page - 2, 1) * (page / distance);
}

/// Tall tiles, since a vector of the filter serves all pixels, of at least a cache line: 3x4
/// and 8x1 tiles take a fifth to a half longer (Zen 3).
Schedule depthwiseSchedule(const Problem &problem, const TargetCpu &target) {
  const int64_t channels = problem.geometry.outputChannels;
  Schedule schedule;
  schedule.family = KernelFamily::Depthwise;
  schedule.vectorLength =
      std::min(target.vectorBytes / sumByteSize(problem.type), nextPowerOfTwo(channels));
  schedule.vectors = std::clamp<int64_t>(channels / schedule.vectorLength, 1, 2);
  schedule.pixels = std::min<int64_t>(target.vectorRegisters / schedule.vectors - 1, 8);
  return schedule;
}

/// Register tiles of some pixels and vectors of output channels, for a number of phases
/// that share lanes. Wide ones first: they are taken where the estimates are equal, and write
/// longer parts of y at once.
void addTileCandidates(const Problem &problem, const TargetCpu &target, Schedule schedule,
                       std::vector<Schedule> &schedules) {
  const int64_t lanes =
      problem.geometry.outputChannels / problem.geometry.groups * schedule.fusedPhases;
  // One for a number of x; where there are many, two more for what LLVM loads ahead: it
  // then spilled some tiles of 27 and 28 sums.
  const int64_t spare = target.vectorRegisters > 16 ? 3 : 1;
  const int64_t limit = mostPixels(problem, target, schedule.dot);
  // Instructions for pairs and quads have at least four lanes.
  const int64_t fewest = schedule.dot == DotProduct::Plain ? 1 : 4;
  const int64_t widest = target.vectorBytes / sumByteSize(problem.type);
  schedule.vectorLength = std::clamp(nextPowerOfTwo(lanes), fewest, widest);
  for (schedule.vectors = 4; schedule.vectors >= 1; --schedule.vectors) {
    if (schedule.vectors > 1 && (schedule.vectors - 1) * schedule.vectorLength >= lanes)
      continue;
    schedule.pixels = std::min((target.vectorRegisters - spare) / schedule.vectors - 1, limit);
    for (int64_t most = schedule.pixels; schedule.pixels * 2 > most; --schedule.pixels)
      schedules.push_back(schedule);
  }
}

/// Whether the second cache is too small for the filter: then sums in parts pay, which phases that
/// share lanes do not have. Otherwise those phases are as good or up to 12 % faster where estimates
/// are equal (k = s, 64 to 512 channels, y larger than the second cache, Sapphire Rapids).
bool isFilterFar(const Problem &problem, const TargetCpu &target, DotProduct dot) {
  const Geometry &geometry = problem.geometry;
  int64_t elements = geometry.inputChannels / geometry.groups * geometry.outputChannels;
  for (const DimGeometry &dim : geometry.dims)
    elements *= dim.kernel;
  return factorBytes(problem.type, dot, elements) > target.l2;
}

/// Register tiles of pixels and output channels, if their tables are small enough, and those of
/// phases that share lanes, if theirs are.
void addChannelCandidates(const Problem &problem, const TargetCpu &target, const Schedule &schedule,
                          bool hasTables, std::vector<Schedule> &schedules) {
  const DimGeometry &innermost = problem.geometry.dims.back();
  Schedule fused = schedule;
  fused.fusedPhases = innermost.attributes.stride;
  const bool canFuse = canFusePhases(innermost) && problem.geometry.groups == 1 &&
                       checkTileTables(problem.geometry, fused);
  const bool isFar = isFilterFar(problem, target, schedule.dot);
  if (canFuse && !isFar)
    addTileCandidates(problem, target, fused, schedules);
  if (hasTables)
    addTileCandidates(problem, target, schedule, schedules);
  if (canFuse && isFar)
    addTileCandidates(problem, target, fused, schedules);
}

} // namespace

Result<std::vector<Schedule>> tconv::createCandidates(const Problem &problem,
                                                      const TargetCpu &target) {
  std::vector<Schedule> schedules;
  Schedule schedule;
  schedule.dot = selectDotProduct(problem, target);
  if (isDepthwise(problem.geometry))
    schedule = depthwiseSchedule(problem, target);
  const Status tables = checkTileTables(problem.geometry, schedule);
  if (tables && schedule.family == KernelFamily::Depthwise)
    schedules.push_back(schedule);
  else
    addChannelCandidates(problem, target, schedule, bool(tables), schedules);
  if (takesWidth(problem))
    addWidthCandidates(problem, target, schedules);
  if (schedules.empty() && !tables)
    return tables.error();
  if (schedules.empty())
    return unsupported("no tile fits the registers");
  return schedules;
}
