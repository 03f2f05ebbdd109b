//===- SelectGpuSchedule.cpp - The cost model of GPU kernels --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/SelectGpuSchedule.h"

#include "Division.h"
#include "GpuCost.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>
#include <optional>

using namespace tconv;

namespace {

/// Pixels and channels of a block, and its warps along them.
struct Tile {
  int64_t m, n, warpsM, warpsN;
};

constexpr Tile mmaTiles[] = {{256, 128, 4, 2}, {128, 256, 2, 4}, {128, 128, 2, 2}, {256, 64, 4, 1},
                             {128, 64, 2, 2},  {64, 128, 2, 2},  {64, 64, 2, 2},   {128, 32, 4, 1},
                             {64, 32, 2, 2},   {32, 64, 1, 4},   {32, 128, 1, 4},  {128, 16, 4, 1},
                             {256, 16, 4, 1},  {128, 8, 4, 1},   {256, 8, 4, 1},   {16, 64, 1, 4},
                             {16, 128, 1, 4},  {48, 64, 1, 4},   {48, 128, 1, 4},  {128, 24, 4, 1}};
constexpr Tile simtTiles[] = {{128, 128, 4, 2}, {128, 64, 4, 1}, {64, 128, 2, 2}, {64, 64, 2, 2},
                              {64, 32, 2, 1},   {32, 64, 1, 2},  {128, 32, 4, 1}, {128, 16, 4, 1},
                              {128, 8, 4, 1},   {256, 8, 8, 1},  {128, 24, 4, 1}, {64, 8, 2, 1}};

/// Elements of y are those of x, but sums of i8 are stored as they are.
int64_t resultByteSize(ElementType type) {
  return type == ElementType::I8 ? sumByteSize(type) : byteSize(type);
}

constexpr int64_t rowBytes[] = {16, 32, 64, 128};
/// The usual one first: it stays where others are no better.
constexpr int64_t rasters[] = {8, 1, 2, 4, 16, 32, 64, 128};
constexpr int64_t splits[] = {1, 2, 3, 4, 6, 8, 12, 16};

/// Channels that a thread of the kernel depthwise computes are read and stored at once.
Status checkChannelsOfThread(int64_t channels, const LayerProblem &problem) {
  if (channels == 1)
    return success();
  if (!problem.channelsLast)
    return Error{"expected a block_n of 1 for the kernel depthwise where channels are first, got " +
                 std::to_string(channels)};
  constexpr int64_t accessBytes = 16;
  const int64_t most = accessBytes / std::max(byteSize(problem.type), resultByteSize(problem.type));
  if ((channels & (channels - 1)) != 0 || channels > most)
    return Error{"expected a power of two up to " + std::to_string(most) +
                 " as block_n for the kernel depthwise, got " + std::to_string(channels)};
  const Geometry &g = problem.geometry;
  const int64_t perInput = g.outputChannels / g.groups;
  if (g.outputChannels % channels != 0 || (perInput % channels != 0 && channels % perInput != 0))
    return Error{"expected a block_n for the kernel depthwise that fits " +
                 std::to_string(g.outputChannels) + " channels in groups of " +
                 std::to_string(perInput) + ", got " + std::to_string(channels)};
  return success();
}

/// Whether a schedule is one for a layer of these channels and this type.
Status checkFit(const GpuSchedule &schedule, const LayerProblem &problem) {
  if (Status status = schedule.verify(); !status)
    return status;
  const Geometry &g = problem.geometry;
  const std::string type(name(problem.type));
  if (schedule.math != GpuMath::Fma &&
      schedule.math != tensorMath(problem.type, /*allowTf32=*/true))
    return Error{"expected the math of " + type + " or fma"};
  if (schedule.kernel == GpuKernel::Depthwise) {
    if (g.inputChannels != g.groups)
      return Error{"expected one input channel in each group for the kernel depthwise, got " +
                   std::to_string(g.inputChannels / g.groups)};
    return checkChannelsOfThread(schedule.blockN, problem);
  }
  constexpr int64_t chunk = 16;
  if (schedule.blockK * byteSize(problem.type) < chunk)
    return Error{"expected a block_k of at least " +
                 std::to_string(chunk / byteSize(problem.type)) + " for " + type + ", got " +
                 std::to_string(schedule.blockK)};
  return success();
}

/// Of one image both orders are the same.
void addOrders(std::vector<GpuSchedule> &candidates, GpuSchedule schedule, int64_t batch) {
  candidates.push_back(schedule);
  schedule.order = GpuPixelOrder::PixelByPixel;
  if (batch > 1)
    candidates.push_back(schedule);
}

/// All sizes of the tiles of a kernel.
template <size_t N>
void addTiles(std::vector<GpuSchedule> &candidates, const LayerProblem &problem, GpuSchedule s,
              const Tile (&tiles)[N]) {
  for (const Tile &tile : tiles) {
    s.blockM = tile.m, s.blockN = tile.n, s.warpsM = tile.warpsM, s.warpsN = tile.warpsN;
    for (int64_t bytes : rowBytes)
      for (s.stages = 2; s.stages <= 5; ++s.stages)
        for (int64_t split : splits) {
          s.blockK = bytes / byteSize(problem.type);
          s.splitK = split;
          if (checkFit(s, problem))
            addOrders(candidates, s, problem.geometry.batch);
        }
  }
}

std::vector<GpuSchedule> createCandidates(const LayerProblem &problem, GpuMath math) {
  std::vector<GpuSchedule> candidates;
  GpuSchedule s;
  if (math != GpuMath::Fma) {
    s.kernel = GpuKernel::Mma;
    s.math = math;
    addTiles(candidates, problem, s, mmaTiles);
  }
  // Groups of few channels fill even the smallest tile of tensor cores badly.
  addTiles(candidates, problem, {GpuKernel::Simt, GpuMath::Fma}, simtTiles);
  for (int64_t channels : {1, 2, 4, 8}) {
    GpuSchedule depthwise{GpuKernel::Depthwise, GpuMath::Fma, 1, channels, 1, 2, 4, 1, 1, 1};
    if (checkFit(depthwise, problem))
      candidates.push_back(depthwise);
  }
  return candidates;
}

/// Kernels compute positions with 32 bits.
Status checkSizes(const LayerProblem &problem) {
  constexpr double limit = 2147483648.0;
  const Geometry &g = problem.geometry;
  auto x = double(g.batch * g.inputChannels), y = double(g.batch * g.outputChannels);
  double w = double(g.inputChannels * (g.outputChannels / g.groups));
  for (const DimGeometry &dim : g.dims) {
    x *= double(dim.input);
    y *= double(dim.output);
    w *= double(dim.kernel);
  }
  if (x >= limit || y >= limit || w >= limit)
    return Error{"a tensor has 2^31 elements or more", true};
  return success();
}

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

GpuMath tconv::tensorMath(ElementType type, bool allowTf32) {
  switch (type) {
  case ElementType::F16:
    return GpuMath::F16;
  case ElementType::BF16:
    return GpuMath::Bf16;
  case ElementType::F32:
    return allowTf32 ? GpuMath::Tf32 : GpuMath::Fma;
  case ElementType::I8:
    return GpuMath::I8;
  default:
    return GpuMath::Fma;
  }
}

int64_t tconv::sumByteSize(ElementType type) { return type == ElementType::F64 ? 8 : 4; }

Status tconv::checkGpuSchedule(const GpuSchedule &schedule, const LayerProblem &problem) {
  if (Status status = checkFit(schedule, problem); !status)
    return status;
  if (Status status = checkSizes(problem); !status)
    return status;
  const int64_t shared =
      GpuSharedMemory::of(schedule, byteSize(problem.type), sumByteSize(problem.type))
          .total(schedule);
  constexpr int64_t mostShared = 227 << 10; // of a block, on any architecture so far
  if (shared > mostShared)
    return Error{"expected at most " + std::to_string(mostShared) +
                 " bytes of shared memory in a block, got " + std::to_string(shared)};
  if (createGpuPacking(problem.geometry, schedule).elements() > INT32_MAX)
    return Error{"the packed filter has 2^31 elements or more", true};
  return success();
}

/// A candidate with the raster that reads least; if all channels are one block there is no choice.
static Choice chooseRaster(const GpuLayer &layer, GpuSchedule schedule, const TileWork &work,
                           const TargetGpu &target) {
  const Geometry &g = layer.problem.geometry;
  Choice best{schedule, estimateGpuCost(layer, schedule, work, target)};
  const bool choose =
      schedule.kernel != GpuKernel::Depthwise && g.outputChannels / g.groups > schedule.blockN;
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
  const Geometry &g = layer.problem.geometry;
  std::map<std::pair<int64_t, GpuPixelOrder>, TileWork> works;
  std::optional<Choice> best;
  for (const GpuSchedule &s :
       createCandidates(layer.problem, tensorMath(layer.problem.type, allowTf32))) {
    auto [found, isNew] = works.try_emplace({s.blockM, s.order});
    TileWork &work = found->second;
    if (isNew)
      work = TileWork::count(g, layer.phases, s.blockM, s.order);
    // More parts than steps are idle.
    const int64_t steps = work.mostTaps * ceilDivide(g.inputChannels / g.groups, s.blockK);
    if (s.splitK > 1 && steps < 4 * s.splitK)
      continue;
    const Choice choice = chooseRaster(layer, s, work, target);
    if (choice.cost.occupancy > 0 && (!best || choice.cost.isLessThan(best->cost)))
      best = choice;
  }
  return best;
}

Result<SelectedGpuSchedule> tconv::selectGpuSchedule(const LayerProblem &problem,
                                                     const TargetGpu &target, bool allowTf32) {
  if (problem.geometry.batch == 0)
    return Error{"the batch is empty", true};
  if (Status status = checkSizes(problem); !status)
    return status.error();
  auto phases =
      PhaseTable::create(problem.geometry, createGpuPacking(problem.geometry, GpuSchedule()));
  if (!phases)
    return phases.error();
  const std::optional<Choice> best = chooseBest({problem, *phases}, target, allowTf32);
  if (!best)
    return Error{"no tile fits the shared memory of " + target.arch, true};
  if (Status status = checkGpuSchedule(best->schedule, problem); !status)
    return status.error();
  return SelectedGpuSchedule{best->schedule, describe(*best)};
}
