//===- SelectGpuScheduleTest.cpp - The cost model of GPU kernels ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"

#include "tconv/Schedule/GpuSharedMemory.h"
#include "tconv/Schedule/SelectGpuSchedule.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

Problem layer(int64_t batch, int64_t inputs, int64_t outputs, int64_t groups, int64_t size,
              ElementType type) {
  auto geometry = Geometry::create(batch, inputs, outputs, groups, {size, size}, {4, 4},
                                   {{2, 1, 1}, {2, 1, 1}});
  return {.geometry = *geometry, .layout = TensorLayout::ChannelsLast, .type = type};
}

GpuSchedule select(const Problem &problem, const char *arch = "sm_80", bool allowTf32 = false) {
  auto selected = selectGpuSchedule(problem, *TargetGpu::of(arch), allowTf32);
  EXPECT_TRUE(bool(selected));
  return selected->schedule;
}

TEST(SelectGpuSchedule, TakesTensorCoresWhereTheResultAllowsIt) {
  EXPECT_EQ(GpuMath::F16, select(layer(8, 256, 256, 1, 32, ElementType::F16)).math);
  EXPECT_EQ(GpuMath::Bf16, select(layer(8, 256, 256, 1, 32, ElementType::BF16)).math);
  EXPECT_EQ(GpuMath::I8, select(layer(8, 256, 256, 1, 32, ElementType::I8)).math);
  EXPECT_EQ(GpuMath::Fma, select(layer(8, 256, 256, 1, 32, ElementType::F32)).math);
  EXPECT_EQ(GpuMath::Fma, select(layer(8, 256, 256, 1, 32, ElementType::F64)).math);
  EXPECT_EQ(GpuMath::Tf32, select(layer(8, 256, 256, 1, 32, ElementType::F32), "sm_80", true).math);
}

TEST(SelectGpuSchedule, FollowsTheShapeOfTheLayer) {
  GpuSchedule large = select(layer(64, 512, 512, 1, 32, ElementType::F16));
  EXPECT_GE(large.blockM * large.blockN, 128 * 64);
  EXPECT_EQ(1, large.splitK);
  EXPECT_LE(select(layer(8, 128, 3, 1, 64, ElementType::F16)).blockN, 8);
  EXPECT_GT(select(layer(1, 2048, 64, 1, 4, ElementType::F16)).splitK, 1);
  EXPECT_EQ(GpuKernel::Depthwise, select(layer(1, 64, 64, 64, 64, ElementType::F16)).kernel);
  EXPECT_EQ(8, select(layer(8, 64, 64, 64, 64, ElementType::F16)).blockN);
  EXPECT_EQ(1, select(layer(8, 63, 63, 63, 64, ElementType::F16)).blockN);
}

TEST(SelectGpuSchedule, TakesSmallTilesForGroupsOfFewChannels) {
  const GpuSchedule schedule = select(layer(1, 128, 128, 32, 32, ElementType::F32));
  EXPECT_EQ(8, schedule.blockN);
  EXPECT_EQ(4, schedule.blockK);
  EXPECT_EQ(24, select(layer(16, 21, 21, 1, 70, ElementType::F16)).blockN);
}

/// A filter that does not stay in the second cache is read once for each band of tiles.
TEST(SelectGpuSchedule, WidensBandsForLargeFilters) {
  EXPECT_EQ(8, select(layer(8, 256, 256, 1, 32, ElementType::F16)).raster);
  EXPECT_GT(select(layer(8, 2048, 2048, 1, 32, ElementType::F16)).raster, 8);
  // 8 MiB stay in the 40 of one cache, not in the 6 of the other.
  EXPECT_EQ(8, select(layer(64, 512, 512, 1, 32, ElementType::F16), "sm_80").raster);
  EXPECT_GT(select(layer(64, 512, 512, 1, 32, ElementType::F16), "sm_86").raster, 8);
}

TEST(SelectGpuSchedule, TakesSmallTilesForSmallImages) {
  auto geometry = Geometry::create(16, 128, 1024, 1, {1, 1}, {4, 4}, {{}, {}});
  const GpuSchedule schedule = select(
      {.geometry = *geometry, .layout = TensorLayout::ChannelsLast, .type = ElementType::F16});
  EXPECT_EQ(16, schedule.blockM);
  EXPECT_EQ(GpuPixelOrder::PixelByPixel, schedule.order);
}

TEST(SelectGpuSchedule, RefusesWhatKernelsCannotAddress) {
  auto selected = selectGpuSchedule(layer(1 << 20, 64, 64, 1, 32, ElementType::F16),
                                    *TargetGpu::of("sm_80"), false);
  ASSERT_FALSE(bool(selected));
  EXPECT_TRUE(selected.error().unsupported);
  EXPECT_EQ("a tensor has 2^31 elements or more", selected.error().message);
}

TEST(TargetGpu, KnowsArchitectures) {
  EXPECT_EQ("sm_89", TargetGpu::of("sm_89")->arch);
  EXPECT_EQ("sm_90a", TargetGpu::of("sm_90a")->arch);
  EXPECT_TRUE(TargetGpu::of("sm_75").error().unsupported);
  EXPECT_EQ("the fast tier needs sm_80 or later, got sm_75", TargetGpu::of("sm_75").message());
  EXPECT_FALSE(TargetGpu::of("ampere").error().unsupported);
  EXPECT_FALSE(TargetGpu::of("sm_").error().unsupported);
}

/// The CUDA programming guide, "Technical Specifications per Compute Capability"; less than that
/// where an architecture is not known.
TEST(TargetGpu, HasTheSharedMemoryOfItsArchitecture) {
  const std::pair<const char *, int64_t> kib[] = {
      {"sm_80", 163},  {"sm_86", 99},   {"sm_87", 163}, {"sm_88", 99},   {"sm_89", 99},
      {"sm_90", 227},  {"sm_90a", 227}, {"sm_91", 99},  {"sm_100", 227}, {"sm_100a", 227},
      {"sm_103", 227}, {"sm_110", 227}, {"sm_120", 99}, {"sm_121", 99},  {"sm_999", 99}};
  for (const auto &[arch, size] : kib) {
    const GpuLimits limits = TargetGpu::of(arch)->limits;
    EXPECT_EQ(size << 10, limits.sharedPerBlock) << arch;
    // The system has 1 KiB for each block.
    EXPECT_EQ((size + 1) << 10, limits.sharedPerMultiprocessor) << arch;
  }
}

/// Exchanged sums take turns in shared memory if they do not fit at once, in whole slices.
TEST(GpuSharedMemory, CutsSumsIntoPasses) {
  GpuSchedule schedule{GpuKernel::Mma, GpuMath::F16, 128, 256, 32, 2, 2, 4, 1, 8};
  ASSERT_TRUE(bool(schedule.verify()));
  Problem problem = layer(1, 64, 256, 1, 8, ElementType::F16);
  auto memory = GpuSharedMemory::of(schedule, problem);
  EXPECT_EQ(4, memory.passes);
  EXPECT_EQ(256 + 8, memory.sumRowElements);
  EXPECT_EQ(128 * (256 + 8) * 4 / 4, memory.sumsBytes);
  EXPECT_EQ((128 + 256) * 32 * 2, memory.stageBytes());
  EXPECT_EQ(2 * memory.stageBytes(), memory.tableOffset);
  EXPECT_EQ(2 * memory.stageBytes() + 128 * 4, memory.totalBytes);
  problem.layout = TensorLayout::ChannelsFirst;
  EXPECT_EQ(256 + 1, GpuSharedMemory::of(schedule, problem).sumRowElements);
}

} // namespace
