//===- GpuCost.cpp - What a GPU schedule costs ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block's time is that of its busiest unit in each step of the sum (multiply-adds,
// shared memory, second cache), plus what is not overlapped: the first loads, the
// stores, a barrier in each step. Blocks run in waves; memory sets a floor.
//
//===----------------------------------------------------------------------===//

#include "GpuCost.h"

#include "GpuTraffic.h"
#include "tconv/Schedule/GpuSharedMemory.h"
#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

// For sm_80, taken for all architectures: their ratios are what matters. What is not published is
// an estimate, which no GPU has confirmed yet.
/// Bytes per cycle and multiprocessor: 32 banks of 4 bytes (CUDA programming guide).
constexpr double sharedBytesPerCycle = 128;
/// The same from the second cache: 5120 for the 108 of an A100 (its whitepaper).
constexpr double cacheBytesPerCycle = 48;
/// Cycles of a step beside its products: the barrier, and the latency of the first fragments.
constexpr double stepCycles = 60;
/// Cycles from a copy's start to the arrival of its tile from memory, under load.
constexpr double arrivalCycles = 900;
/// Cycles of a block beside its steps: its start, tables, the addresses of its first loads.
constexpr double blockCycles = 2000;
/// Seconds between the starts of two launches.
constexpr double launchSeconds = 3e-6;

double multiplyAdds(const TargetGpu &target, GpuMath math, ElementType type) {
  switch (math) {
  case GpuMath::F16:
  case GpuMath::Bf16:
    return target.halfMultiplyAdds;
  case GpuMath::Tf32:
    return target.halfMultiplyAdds / 2;
  case GpuMath::I8:
    return target.halfMultiplyAdds * 2;
  case GpuMath::Fma:
    return type == ElementType::F64 ? target.f64MultiplyAdds : target.f32MultiplyAdds;
  }
  return 1;
}

int64_t computeOccupancy(const GpuSchedule &s, const TargetGpu &target, int64_t shared,
                         int64_t registers) {
  constexpr int64_t systemBytes = 1 << 10; // of each block, on sm_80 and later
  const GpuLimits &limits = target.limits;
  if (shared > limits.sharedPerBlock || registers > GpuLimits::registersPerThread)
    return 0;
  int64_t blocks = limits.sharedPerMultiprocessor / (shared + systemBytes);
  blocks = std::min(blocks, GpuLimits::registersPerMultiprocessor / (registers * s.threads()));
  blocks = std::min(blocks, limits.threadsPerMultiprocessor / s.threads());
  return std::min(blocks, limits.blocksPerMultiprocessor);
}

/// Cycles in which warps read shared memory, in one step of the sum.
double readCycles(const GpuSchedule &s, int64_t bytes) {
  const auto warps = double(s.warpsM * s.warpsN);
  if (s.kernel == GpuKernel::Mma)
    return warps * double((s.warpM() + s.warpN()) * s.blockK * bytes) / sharedBytesPerCycle;
  // Threads that read the same make an instruction no shorter: it takes a cycle for each four
  // bytes of a thread.
  const double rows = double(s.warpM()) / 4, columns = double(s.warpN()) / 8;
  return warps * (rows + columns) * double(s.blockK * bytes) / 4;
}

/// Cycles of one step of the sum if a block has a multiprocessor for itself.
double estimateStep(const GpuSchedule &s, const TargetGpu &target, ElementType type) {
  const int64_t bytes = byteSize(type);
  const auto tile = double((s.blockM + s.blockN) * s.blockK * bytes);
  double multiply = double(s.blockM * s.blockN * s.blockK) / multiplyAdds(target, s.math, type);
  // Below four warps some schedulers have nothing to do.
  multiply *= std::max(1.0, 4.0 / double(s.warpsM * s.warpsN));
  if (s.kernel == GpuKernel::Simt) {
    // Loads and addresses are issued in between.
    const double rows = double(s.warpM()) / 4, columns = double(s.warpN()) / 8;
    multiply *= 1 + (1 / rows + 1 / columns) / 2;
  }
  return std::max(
      {multiply, readCycles(s, bytes) + tile / sharedBytesPerCycle, tile / cacheBytesPerCycle});
}

/// Of the launch that adds the parts of sums.
double addSeconds(const Problem &problem, int64_t parts, const TargetGpu &target) {
  if (parts == 1)
    return 0;
  const Geometry &g = problem.geometry;
  auto y = double(g.batch * g.outputChannels);
  for (const DimGeometry &dim : g.dims)
    y *= double(dim.output);
  // Parts are written and read again.
  return launchSeconds +
         2 * y * double(parts * sumByteSize(problem.type)) / target.memoryBytesPerSecond;
}

/// Blocks, and steps of all of them.
struct Work {
  double blocks = 0;
  double steps = 0;
};

Work countWork(const GpuLayer &layer, const GpuSchedule &s, const TileWork &tiles) {
  const int64_t groups = layer.problem.geometry.groups;
  const double columns = double(ceilDivide(layer.outputChannels(), s.blockN) * groups);
  Work work;
  work.blocks = tiles.tiles * columns * double(s.splitK);
  work.steps = tiles.taps * columns * double(ceilDivide(layer.inputChannels(), s.blockK));
  return work;
}

/// Cycles in which a block exchanges its sums and stores them.
double estimateStores(const Problem &problem, const GpuSchedule &s) {
  const double bytes = double(s.blockM * s.blockN * sumByteSize(problem.type));
  // Neighbouring rows are not neighbours in memory if they belong to different images.
  const bool scattered = s.order == GpuPixelOrder::PixelByPixel && !problem.channelsLast();
  return bytes * (scattered ? 12 : 3) / sharedBytesPerCycle;
}

GpuCost estimateDepthwise(const GpuLayer &layer, const GpuSchedule &s, const TargetGpu &target) {
  // Instructions of a tap, and of the rest: of a thread, and for each of its elements of y.
  constexpr double tapOfThread = 12, tapOfElement = 2, ofThread = 52, ofElement = 8;
  constexpr double issuedPerCycle = 128, threadsToBeBusy = 512; // of a multiprocessor
  const Geometry &g = layer.problem.geometry;
  const auto length = double(s.blockN);
  double instructions = 0, threads = 0;
  for (const Phase &phase : layer.phases.phases) {
    const double ofPhase = double(phase.pixels() * g.batch * g.outputChannels) / length;
    threads += ofPhase;
    instructions += ofPhase * (double(phase.taps()) * (tapOfThread + tapOfElement * length) +
                               ofThread + ofElement * length);
  }
  const auto multiprocessors = double(target.multiprocessors);
  const double busy = std::min(1.0, threads / (multiprocessors * threadsToBeBusy));
  const double rate = issuedPerCycle * multiprocessors * busy * target.gigahertz * 1e9;
  GpuCost cost;
  cost.traffic = leastTraffic(layer.problem);
  cost.seconds =
      std::max(instructions / rate, cost.traffic / target.memoryBytesPerSecond) + launchSeconds;
  cost.blocks = int64_t(threads) / s.threads() + 1;
  cost.occupancy = computeOccupancy(s, target, 0, estimateGpuRegisters(s, layer.problem.type));
  return cost;
}

} // namespace

int64_t tconv::estimateGpuRegisters(const GpuSchedule &s, ElementType type) {
  const int64_t elementBytes = byteSize(type), sumBytes = sumByteSize(type);
  if (s.kernel == GpuKernel::Depthwise)
    return 20 + 3 * s.blockN * sumBytes / 4;
  const int64_t sums = s.warpM() * s.warpN() / 32 * sumBytes / 4;
  if (s.kernel == GpuKernel::Mma)
    return sums + 2 * (s.warpM() / 4 + s.warpN() / 4) + 48;
  return sums + s.warpM() + s.warpN() / 8 * std::max<int64_t>(elementBytes / 4, 1) + 48;
}

GpuCost tconv::estimateGpuCost(const GpuLayer &layer, const GpuSchedule &s, const TileWork &tiles,
                               const TargetGpu &target) {
  if (s.kernel == GpuKernel::Depthwise)
    return estimateDepthwise(layer, s, target);
  const ElementType type = layer.problem.type;
  GpuCost cost;
  cost.sharedBytes = GpuSharedMemory::of(s, layer.problem).totalBytes;
  cost.occupancy = computeOccupancy(s, target, cost.sharedBytes, estimateGpuRegisters(s, type));
  if (cost.occupancy == 0)
    return cost;
  const Work work = countWork(layer, s, tiles);
  cost.blocks = int64_t(work.blocks);
  const auto slots = double(target.multiprocessors);
  const double resident = std::clamp(double(ceilDivide(cost.blocks, target.multiprocessors)), 1.0,
                                     double(cost.occupancy));
  const double waves = double(ceilDivide(cost.blocks, int64_t(slots * resident)));
  // Warps that wait for each other leave the units idle unless there are others.
  const double warps = resident * double(s.warpsM * s.warpsN);
  const double idle = 1 + 2.0 / warps;
  const double step = estimateStep(s, target, type);
  const double steps = work.steps / work.blocks;
  // A tile is needed so many steps after its copy began.
  const double arrival = arrivalCycles / double(s.stages - 1);
  const double wave = steps * (std::max(resident * step * idle, arrival) + stepCycles) +
                      resident * estimateStores(layer.problem, s) + blockCycles;
  const double cycles = waves * wave;
  cost.traffic = estimateTraffic(layer, s, tiles, int64_t(slots * resident), target);
  cost.seconds =
      std::max(cycles / (target.gigahertz * 1e9), cost.traffic / target.memoryBytesPerSecond) +
      launchSeconds + addSeconds(layer.problem, s.splitK, target);
  return cost;
}
