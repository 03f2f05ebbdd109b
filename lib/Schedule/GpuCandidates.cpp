//===- GpuCandidates.cpp - Schedules to choose from -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiles come from a list for each kernel, those of 16 and 48 rows for small images, those of 8
// to 24 columns for few channels. Rows of a tile are 16 to 128 bytes, which is what shared
// memory reads without conflicts; in stages and parts, what can pay.
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/GpuCandidates.h"

#include "tconv/Schedule/CheckGpuSchedule.h"

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

constexpr int64_t rowBytes[] = {16, 32, 64, 128}; ///< of x in a tile: what block_k comes from
constexpr int64_t splits[] = {1, 2, 3, 4, 6, 8, 12, 16};

/// Of one image both orders are the same.
void addOrders(std::vector<GpuSchedule> &candidates, GpuSchedule schedule, int64_t batch) {
  candidates.push_back(schedule);
  schedule.order = GpuPixelOrder::PixelByPixel;
  if (batch > 1)
    candidates.push_back(schedule);
}

/// All sizes of the tiles of a kernel.
template <size_t numTiles>
void addTiles(std::vector<GpuSchedule> &candidates, const Problem &problem, GpuSchedule s,
              const Tile (&tiles)[numTiles]) {
  for (const Tile &tile : tiles) {
    s.blockM = tile.m, s.blockN = tile.n, s.warpsM = tile.warpsM, s.warpsN = tile.warpsN;
    for (int64_t bytes : rowBytes)
      for (s.stages = 2; s.stages <= 5; ++s.stages)
        for (int64_t split : splits) {
          s.blockK = bytes / byteSize(problem.type);
          s.splitK = split;
          if (checkGpuFit(s, problem))
            addOrders(candidates, s, problem.geometry.batch);
        }
  }
}

} // namespace

std::vector<GpuSchedule> tconv::createGpuCandidates(const Problem &problem, bool allowTf32) {
  std::vector<GpuSchedule> candidates;
  const GpuMath math = tensorMath(problem.type, allowTf32);
  if (math != GpuMath::Fma)
    addTiles(candidates, problem, {.kernel = GpuKernel::Mma, .math = math}, mmaTiles);
  // Groups of few channels fill even the smallest tile of tensor cores badly.
  addTiles(candidates, problem, {.kernel = GpuKernel::Simt, .math = GpuMath::Fma}, simtTiles);
  for (int64_t channels : {1, 2, 4, 8}) {
    const GpuSchedule depthwise{.kernel = GpuKernel::Depthwise,
                                .math = GpuMath::Fma,
                                .blockM = 1,
                                .blockN = channels,
                                .blockK = 1,
                                .stages = 2,
                                .warpsM = 4,
                                .warpsN = 1,
                                .splitK = 1,
                                .raster = 1};
    if (checkGpuFit(depthwise, problem))
      candidates.push_back(depthwise);
  }
  return candidates;
}
