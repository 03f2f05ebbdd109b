//===- GpuPropertyTest.cpp - Schedules of random layers fit every GPU -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the cost model chooses for layers of realistic sizes, for every GPU that it knows and some
// that it does not: its own checks accept it, and it fits what a block has.
//
//===----------------------------------------------------------------------===//

#include "RandomProblems.h"

#include "tconv/Problem/Descriptor.h"
#include "tconv/Schedule/CheckGpuSchedule.h"
#include "tconv/Schedule/GpuBlocks.h"
#include "tconv/Schedule/GpuSharedMemory.h"
#include "tconv/Schedule/SelectGpuSchedule.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

std::vector<std::string> listArchs() {
  // Without an entry of their own: between others, and behind all.
  std::vector<std::string> archs{"sm_88", "sm_90a", "sm_130"};
  for (const TargetGpu &target : TargetGpu::known())
    archs.push_back(target.arch);
  return archs;
}

void expectFits(const GpuSchedule &schedule, const Problem &problem, const TargetGpu &target) {
  const Status status = checkGpuSchedule(schedule, problem, target);
  EXPECT_TRUE(bool(status)) << (status ? "" : status.message());
  EXPECT_LE(GpuSharedMemory::of(schedule, problem).totalBytes, target.limits.sharedPerBlock);
  EXPECT_LE(schedule.threads(), 1024);
  const int64_t registers = estimateGpuRegisters(schedule, problem.type);
  EXPECT_LE(registers, GpuLimits::registersPerThread);
  EXPECT_LE(registers * schedule.threads(), GpuLimits::registersPerMultiprocessor);
  auto phases = createGpuPhases(problem.geometry);
  ASSERT_TRUE(bool(phases));
  EXPECT_LE(GpuBlocks::of(problem.geometry, *phases, schedule).total(), INT32_MAX);
  EXPECT_LE(schedule.splitK, 65535);
}

TEST(GpuProperties, ChosenSchedulesFitEveryGpu) {
  const std::vector<std::string> archs = listArchs();
  RandomProblems random(11);
  for (size_t number = 0; number < 260 * archs.size(); ++number) {
    const Problem problem = random.next();
    const TargetGpu target = *TargetGpu::of(archs[number % archs.size()]);
    const bool allowTf32 = number % 2 == 0;
    auto selected = selectGpuSchedule(problem, target, allowTf32);
    SCOPED_TRACE(formatDescriptor(problem.geometry) + " " + std::string(name(problem.type)) +
                 (problem.channelsLast() ? " cl " : " cf ") + target.arch);
    ASSERT_TRUE(bool(selected)) << selected.message();
    expectFits(selected->schedule, problem, target);
    if (HasFailure())
      return;
  }
}

/// Every part of the layout holds what kernels write to it, and none lies in another.
TEST(GpuProperties, SharedMemoryHoldsWhatKernelsWrite) {
  RandomProblems random(12);
  int64_t checked = 0;
  while (checked < 5000) {
    const Problem problem = random.next();
    const GpuSchedule s =
        checked % 2 ? random.warpgroupSchedule(problem.type) : random.schedule(problem.type);
    if (s.kernel == GpuKernel::Depthwise || !checkGpuFit(s, problem))
      continue;
    ++checked;
    const auto memory = GpuSharedMemory::of(s, problem);
    const int64_t slices = s.warpM() / s.rowsPerSlice();
    ASSERT_EQ(0, slices % memory.passes);
    const int64_t rows = s.blockM / memory.passes, sumBytes = sumByteSize(problem.type);
    ASSERT_GE(memory.sumRowElements, s.blockN);
    ASSERT_LE(((rows - 1) * memory.sumRowElements + s.blockN) * sumBytes, memory.tableOffset);
    ASSERT_GE(memory.inputBytes, s.blockM * s.blockK * byteSize(problem.type));
    ASSERT_GE(memory.filterBytes, s.blockN * s.blockK * byteSize(problem.type));
    ASSERT_LE(s.stages * memory.stageBytes(), memory.tableOffset);
    ASSERT_EQ(0, memory.tableOffset % 16);
    ASSERT_LE(memory.tableOffset + s.blockM * 4, memory.barrierOffset);
    ASSERT_EQ(0, memory.barrierOffset % 8);
    const int64_t barriers = s.kernel == GpuKernel::Wgmma ? 2 * s.stages : 0;
    ASSERT_LE(memory.barrierOffset + barriers * 8, memory.totalBytes);
    // Swizzles of rows begin anew in each tile, and filters at multiples of 16 bytes.
    if (s.kernel == GpuKernel::Wgmma)
      ASSERT_EQ(0, memory.stageBytes() % (8 * s.blockK * byteSize(problem.type)));
    // Vectors of sums are aligned where channels are last.
    if (problem.channelsLast())
      ASSERT_EQ(0, memory.sumRowElements * sumBytes % 16);
  }
}

} // namespace
