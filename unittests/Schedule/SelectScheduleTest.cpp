//===- SelectScheduleTest.cpp - What is chosen for which core -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/WinogradWorkspace.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// A core with vectors of 64 bytes, by LLVM's name; the default one without a name.
TargetCpu core(std::string_view name) {
  TargetCpu target;
  if (name.empty())
    return target;
  target.vectorBytes = 64;
  target.vectorRegisters = 32;
  target.setCore(name);
  return target;
}

/// A layer of kernel 4, stride 2, padding 1 that doubles a square, channels last.
Problem doubling(int64_t size, int64_t inputChannels, int64_t outputChannels) {
  const DimAttributes dim{2, 1, 1, 1, 0};
  auto geometry =
      Geometry::create(1, inputChannels, outputChannels, 1, {size, size}, {4, 4}, {dim, dim});
  return {.geometry = *geometry, .layout = TensorLayout::ChannelsLast};
}

/// By the sums of the definition.
Schedule select(const Problem &problem, std::string_view name) {
  auto selected = selectSchedule(problem, core(name), {.transforms = false});
  EXPECT_TRUE(selected);
  return selected->schedule;
}

TEST(SetCore, GivesRatesAndCaches) {
  TargetCpu zen4 = core("znver4");
  EXPECT_EQ(zen4.multiplyAdds, 1);
  EXPECT_EQ(zen4.l2, 1 << 20);
  TargetCpu server = core("sapphirerapids");
  EXPECT_EQ(server.multiplyAdds, 2);
  EXPECT_EQ(server.l1, 48 << 10);
}

TEST(SetCore, LeavesUnknownCores) {
  TargetCpu target = core("z80"), before = core("x86-64-v4");
  EXPECT_EQ(target.multiplyAdds, before.multiplyAdds);
  EXPECT_EQ(target.l2, before.l2);
}

TEST(SetCore, KeepsRatesWhereWideVectorsAreHidden) {
  TargetCpu target;
  target.setCore("znver4");
  EXPECT_EQ(target.multiplyAdds, 2);
  EXPECT_EQ(target.l2, 1 << 20);
}

/// Sums that fill the registers, next to a step of the filter and one number of x.
TEST(SelectSchedule, FillsRegistersOfWideLayers) {
  for (std::string_view name : {"", "skylake-avx512", "sapphirerapids", "znver4", "znver5"}) {
    Schedule schedule = select(doubling(16, 256, 128), name);
    const int64_t registers = core(name).vectorRegisters;
    const int64_t sums = schedule.pixels * schedule.vectors;
    EXPECT_EQ(schedule.vectorLength, core(name).vectorBytes / 4) << name;
    EXPECT_GE(sums, registers * 3 / 4) << name;
    EXPECT_LE(sums + schedule.vectors + 1, registers) << name;
  }
}

/// The part of the filter in a reduction block is as large as the second cache makes it.
TEST(SelectSchedule, CutsSumsForTheSecondCache) {
  auto bytes = [](std::string_view name) {
    const Schedule schedule = select(doubling(32, 1024, 256), name);
    return schedule.reductionBlock * schedule.vectors * schedule.vectorLength * 4;
  };
  EXPECT_EQ(bytes("skylake-avx512"), (1 << 20) / 8);
  EXPECT_EQ(bytes("sapphirerapids"), (2 << 20) / 8);
}

/// A filter that does not fit the second cache is fetched ahead, in parts or, where it is used for
/// few pixels, as a whole.
TEST(SelectSchedule, FetchesFiltersAhead) {
  EXPECT_TRUE(select(doubling(32, 1024, 256), "").prefetch);
  const Schedule whole = select(doubling(8, 256, 256), "");
  EXPECT_TRUE(whole.prefetch);
  EXPECT_EQ(whole.reductionBlock, 4 * 256);
  EXPECT_FALSE(select(doubling(64, 256, 256), "").prefetch);
  EXPECT_FALSE(select(doubling(8, 64, 64), "").prefetch);
}

/// Pixels of 1024 channels are 4 KiB apart, and there are only so many places for those in
/// the first cache: as many as it has ways, but for two.
TEST(SelectSchedule, TakesFewPixelsThatShareASetOfTheCache) {
  EXPECT_EQ(select(doubling(32, 1008, 32), "znver4").pixels, 13);
  EXPECT_LE(select(doubling(32, 1024, 32), "znver4").pixels, 6);
  EXPECT_LE(select(doubling(32, 1024, 32), "znver5").pixels, 10);
  TargetCpu small;
  small.l1 = 8 << 10;
  auto selected = selectSchedule(doubling(32, 1024, 32), small, {.transforms = false});
  ASSERT_TRUE(selected);
  EXPECT_EQ(selected->schedule.pixels, 1);
}

/// Layers with enough positions, and channels that fill lanes, take fewer multiplications.
TEST(SelectSchedule, TransformsWideLayersOnly) {
  auto family = [](const Problem &problem, std::string_view name) {
    return selectSchedule(problem, core(name))->schedule.family;
  };
  for (std::string_view name : {"", "skylake-avx512", "sapphirerapids", "znver4", "znver5"}) {
    EXPECT_EQ(family(doubling(32, 256, 128), name), KernelFamily::Winograd) << name;
    EXPECT_EQ(family(doubling(64, 128, 64), name), KernelFamily::Winograd) << name;
    EXPECT_NE(family(doubling(4, 1024, 512), name), KernelFamily::Winograd) << name;
    EXPECT_NE(family(doubling(64, 128, 3), name), KernelFamily::Winograd) << name;
    EXPECT_NE(family(doubling(64, 3, 128), name), KernelFamily::Winograd) << name;
  }
}

/// What a task keeps between its steps has its place in the second cache, unless chunks get so
/// small that the filter would be read too often.
TEST(SelectSchedule, KeepsWindowsInTheSecondCache) {
  const Problem problem = doubling(64, 128, 64);
  const TargetCpu target = core("sapphirerapids");
  const Schedule schedule = selectSchedule(problem, target)->schedule;
  ASSERT_EQ(schedule.family, KernelFamily::Winograd);
  auto plan = WinogradPlan::create(problem.geometry, schedule);
  auto space = WinogradWorkspace::of(plan, problem.geometry, schedule, 4);
  EXPECT_LE((space.inputs() + space.sums()) * 4, target.l2);
  EXPECT_EQ(space.tiles % schedule.pixels, 0);
}

/// Sums of f16 and bf16 are f32; those of integers are never transformed.
TEST(SelectSchedule, TransformsFloats) {
  Problem problem = doubling(32, 256, 128);
  for (ElementType type :
       {ElementType::F64, ElementType::F32, ElementType::F16, ElementType::BF16}) {
    problem.type = type;
    EXPECT_EQ(selectSchedule(problem, core(""))->schedule.family, KernelFamily::Winograd);
  }
  problem.type = ElementType::I8;
  EXPECT_NE(selectSchedule(problem, core(""))->schedule.family, KernelFamily::Winograd);
}

/// vdpbf16ps pays where it has more than half the rate of multiply-adds.
TEST(SelectSchedule, TakesPairsWhereTheyAreFast) {
  Problem problem = doubling(32, 256, 21);
  problem.type = ElementType::BF16;
  auto dotProduct = [&](std::string_view name) {
    TargetCpu target = core(name);
    target.hasBf16Pairs = true;
    return selectSchedule(problem, target, {.transforms = false})->schedule.dot;
  };
  EXPECT_EQ(dotProduct("znver4"), DotProduct::Bf16Pairs);
  EXPECT_EQ(dotProduct("znver5"), DotProduct::Bf16Pairs);
  EXPECT_EQ(dotProduct("sapphirerapids"), DotProduct::Plain);
  EXPECT_EQ(dotProduct("emeraldrapids"), DotProduct::Plain);
}

} // namespace
