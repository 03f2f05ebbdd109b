//===- ChosenScheduleTest.cpp - What is chosen fits, for any processor ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For thousands of pseudo-random layers of realistic sizes and for each processor that is
// known, and others that are not: the check of schedules accepts what is chosen, and its
// tables and code are far from their bounds. Of schedules with random fields, those that the check
// accepts have exact plans.
//
//===----------------------------------------------------------------------===//

#include "RandomProblems.h"

#include "tconv/Problem/Descriptor.h"
#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/TilePlan.h"

#include "gtest/gtest.h"

using namespace tconv;

namespace {

/// A known core or one with random caches, with vectors of any length and with or without each
/// instruction: virtual machines hide some.
TargetCpu createTarget(RandomProblems &random) {
  TargetCpu target;
  target.vectorBytes = int64_t(16) << random.number(0, 2);
  target.vectorRegisters = target.vectorBytes == 64 ? 32 : 16;
  target.loads = double(random.number(1, 3));
  target.broadcasts = double(random.number(1, 3));
  const auto cores = TargetCpu::knownCores();
  const auto core = static_cast<size_t>(random.number(0, int64_t(cores.size())));
  if (core < cores.size()) {
    target.setCore(cores[core]);
  } else {
    target.l1 = int64_t(4 << 10) << random.number(0, 6);
    target.l2 = random.number(1, 8) * (int64_t(16 << 10) << random.number(0, 9));
  }
  target.hasInt16Pairs = random.number(0, 1) == 1;
  target.hasInt8Quads = random.number(0, 1) == 1;
  target.hasBf16Pairs = random.number(0, 1) == 1;
  target.bf16Pairs = double(random.number(1, 4)) / 2;
  return target;
}

std::string describe(const Problem &problem, const TargetCpu &target) {
  return formatDescriptor(problem) + " for vectors of " + std::to_string(target.vectorBytes) +
         " bytes, caches of " + std::to_string(target.l1) + " and " + std::to_string(target.l2) +
         " bytes";
}

void expectSmallTables(const Schedule &schedule, const Geometry &geometry,
                       const std::string &layer) {
  if (schedule.family == KernelFamily::Width) {
    auto rows = RowPlan::create(geometry, schedule);
    ASSERT_TRUE(rows) << layer << ": " << rows.message();
    EXPECT_LE(rows->segments.size(), 1u << 19) << layer;
    return;
  }
  if (schedule.family == KernelFamily::Winograd)
    return; // has a table of phases alone
  auto tiles = TilePlan::create(geometry, schedule);
  ASSERT_TRUE(tiles) << layer << ": " << tiles.message();
  EXPECT_LE(tiles->tiles.size(), 1u << 17) << layer;
  EXPECT_LE(tiles->segments.size(), 1u << 17) << layer;
  EXPECT_LE(tiles->blocks.size(), 1u << 17) << layer;
  EXPECT_LE(tiles->shapes.size(), 64u) << layer;
}

TEST(ChosenSchedule, FitsItsLayerOnAnyProcessor) {
  RandomProblems random(11);
  for (int number = 0; number < 4000; ++number) {
    const Problem problem = random.next();
    const TargetCpu target = createTarget(random);
    const std::string layer = describe(problem, target);
    auto selected = selectSchedule(problem, target);
    ASSERT_TRUE(selected) << layer << ": " << selected.message();
    const Schedule &schedule = selected->schedule;
    EXPECT_TRUE(schedule.verify()) << layer << ": " << schedule.verify().message();
    const Status fits = checkSchedule(schedule, problem);
    EXPECT_TRUE(fits) << layer << ": " << fits.message();
    expectSmallTables(schedule, problem.geometry, layer);
  }
}

} // namespace
