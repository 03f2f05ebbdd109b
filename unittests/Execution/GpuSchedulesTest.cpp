//===- GpuSchedulesTest.cpp - Every schedule of a GPU gives right numbers -===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs schedules on small layers on the emulator, and compares with the definition: the candidates
// that the cost model chooses from, each tile with each type and layout; and schedules as they may
// be written by hand, which are refused or right. By default a sample of them; all with
// TCONV_ALL_SCHEDULES=1 in the environment, which takes some minutes.
//
//===----------------------------------------------------------------------===//

#include "../Schedule/RandomProblems.h"

#include "tconv/Execution/Check.h"
#include "tconv/Execution/Executable.h"
#include "tconv/HostTensor/Random.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/InitAll.h"
#include "tconv/Problem/Problem.h"
#include "tconv/Schedule/CheckGpuSchedule.h"
#include "tconv/Schedule/GpuCandidates.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <map>
#include <tuple>

using namespace tconv;

namespace {

constexpr const char *arch = "sm_90a";

bool runsAll() { return std::getenv("TCONV_ALL_SCHEDULES") != nullptr; }

class GpuSchedules : public testing::Test {
protected:
  GpuSchedules() : context(createRegistry(), mlir::MLIRContext::Threading::DISABLED) {
    context.loadAllAvailableDialects();
  }

  /// Runs a layer by a schedule, in one of the ways of the emulator; what is wrong, or nothing.
  std::string run(const Problem &problem, const GpuSchedule &schedule, uint64_t seed);
  /// The same as an expectation, which prints the module.
  void expectRight(const Problem &problem, const GpuSchedule &schedule, uint64_t seed);

private:
  static mlir::DialectRegistry createRegistry() {
    mlir::DialectRegistry registry;
    mlir::tconv::registerAllDialects(registry);
    return registry;
  }
  mlir::OwningOpRef<mlir::ModuleOp> build(const Problem &problem, const GpuSchedule &schedule);

  mlir::MLIRContext context;
};

mlir::OwningOpRef<mlir::ModuleOp> GpuSchedules::build(const Problem &problem,
                                                      const GpuSchedule &schedule) {
  auto module = mlir::parseSourceString<mlir::ModuleOp>(moduleText(problem), &context);
  module->walk([&](mlir::tconv::ConvTransposeOp op) {
    op.setScheduleAttr(mlir::tconv::GpuScheduleAttr::get(&context, schedule));
  });
  return module;
}

std::vector<HostTensor> createInputs(const Problem &problem, uint64_t seed) {
  std::vector<HostTensor> inputs;
  auto add = [&](ElementType type, const std::vector<int64_t> &shape) {
    inputs.push_back(std::move(*HostTensor::allocate(type, shape)));
    fillRandom(inputs.back(), seed + inputs.size());
  };
  add(problem.type, problem.inputShape());
  add(problem.type, problem.filterShape());
  if (problem.bias)
    add(problem.resultType(), problem.biasShape());
  return inputs;
}

std::string GpuSchedules::run(const Problem &problem, const GpuSchedule &schedule, uint64_t seed) {
  mlir::OwningOpRef<mlir::ModuleOp> module = build(problem, schedule), lowered;
  auto entry = findEntry(*module, "main");
  CompileOptions options;
  options.target.kind = mlir::tconv::Target::Cuda;
  options.target.arch = *GpuArch::parse(arch);
  DeviceOptions device;
  device.emulated = true;
  device.emulator.asyncCopies = seed % 2 ? AsyncCopyTime::Late : AsyncCopyTime::Early;
  device.emulator.threadOrder = static_cast<ThreadOrder>(seed % 3);
  auto executable = Executable::compile(entry->copyTo(lowered), options, device);
  if (!executable)
    return executable.message();
  const std::vector<HostTensor> inputs = createInputs(problem, seed);
  auto results = executable->run(inputs);
  if (!results)
    return results.message();
  options.target.allowTf32 = true; // as schedules may be written
  auto checked = checkAgainstReference(entry->asFunc(), inputs, *results, options);
  return checked ? "" : checked.message();
}

void GpuSchedules::expectRight(const Problem &problem, const GpuSchedule &schedule, uint64_t seed) {
  const std::string failure = run(problem, schedule, seed);
  if (failure.empty())
    return;
  std::string text;
  llvm::raw_string_ostream(text) << *build(problem, schedule);
  ADD_FAILURE() << failure << "; seed " << seed << "\n" << text;
}

TensorLayout layoutOf(bool last) {
  return last ? TensorLayout::ChannelsLast : TensorLayout::ChannelsFirst;
}

/// Input channels of a group that a schedule takes: any number or, for the kernel wgmma, whole
/// units of 16 bytes and mostly whole steps.
int64_t createChannels(RandomProblems &random, const GpuSchedule &s, ElementType type) {
  if (s.kernel != GpuKernel::Wgmma)
    return random.number(1, std::min<int64_t>(s.blockK * 5 / 4, 80));
  return random.number(0, 2) ? s.blockK * random.number(1, 2)
                             : 16 / byteSize(type) * random.number(1, 6);
}

/// A layer with few blocks of a tile, the last ones not full, and few steps of its sums.
Problem createLayer(RandomProblems &random, const GpuSchedule &s, ElementType type, bool last) {
  while (true) {
    const int64_t rank = random.number(1, 3), groups = random.oneOf({1, 1, 1, 2});
    const int64_t outputs = std::max<int64_t>(s.blockN - random.number(0, 7), 1);
    const int64_t inputs = createChannels(random, s, type);
    std::vector<int64_t> input, kernel;
    std::vector<DimAttributes> attributes;
    for (int64_t dim = 0; dim < rank; ++dim) {
      input.push_back(random.number(1, rank == 1 ? 30 : rank == 2 ? 6 : 3));
      kernel.push_back(random.number(1, rank == 1 ? 4 : 3));
      attributes.push_back({.stride = random.number(1, 3),
                            .paddingBegin = random.number(-1, 2),
                            .paddingEnd = random.number(-1, 2),
                            .dilation = random.oneOf({1, 1, 2}),
                            .outputPadding = 0});
    }
    auto geometry = Geometry::create(random.number(1, 3), groups * inputs, groups * outputs, groups,
                                     input, kernel, attributes);
    if (geometry)
      return {.geometry = *geometry,
              .bias = random.number(0, 1) == 1,
              .layout = layoutOf(last),
              .type = type};
  }
}

constexpr ElementType types[] = {ElementType::F32, ElementType::F16, ElementType::I8,
                                 ElementType::F64, ElementType::BF16};

/// Candidates that differ only in rows, stages, parts and orders.
std::vector<std::vector<GpuSchedule>> groupByTile(const std::vector<GpuSchedule> &candidates) {
  std::map<std::tuple<GpuKernel, int64_t, int64_t, int64_t, int64_t>, std::vector<GpuSchedule>>
      groups;
  for (const GpuSchedule &s : candidates)
    groups[{s.kernel, s.blockM, s.blockN, s.warpsM, s.warpsN}].push_back(s);
  std::vector<std::vector<GpuSchedule>> result;
  for (auto &[tile, group] : groups)
    result.push_back(std::move(group));
  return result;
}

/// Any of some candidates; every other time that with the smallest stages, whose sums need more
/// room than they have.
GpuSchedule pick(RandomProblems &random, const std::vector<GpuSchedule> &group) {
  auto stages = [](const GpuSchedule &s) { return s.stages * s.blockK; };
  if (random.number(0, 1))
    return *std::min_element(group.begin(), group.end(),
                             [&](const auto &a, const auto &b) { return stages(a) < stages(b); });
  return group[random.number(0, int64_t(group.size()) - 1)];
}

TEST_F(GpuSchedules, CandidatesAreRight) {
  RandomProblems random(21);
  const int64_t every = runsAll() ? 1 : 7;
  int64_t turn = 0;
  for (ElementType type : types)
    for (bool last : {false, true}) {
      auto geometry = Geometry::create(2, 64, 64, 1, {4}, {4}, {{}});
      for (const auto &group :
           groupByTile(createGpuCandidates({*geometry, false, layoutOf(last), type}, true))) {
        if (turn++ % every != 0)
          continue;
        const GpuSchedule s = pick(random, group);
        const Problem problem = createLayer(random, s, type, last);
        // Large tiles in many stages are for GPUs that have the memory.
        if (checkGpuSchedule(s, problem, *TargetGpu::of(arch)))
          expectRight(problem, s, static_cast<uint64_t>(turn));
      }
    }
}

/// Threads of the kernel depthwise have 1 to 8 channels.
TEST_F(GpuSchedules, DepthwiseCandidatesAreRight) {
  RandomProblems random(22);
  uint64_t seed = 0;
  for (ElementType type : types)
    for (bool last : {false, true}) {
      auto geometry = Geometry::create(2, 24, 48, 24, {3, 4}, {3, 2}, {{2, 1, 0}, {1, 0, 1}});
      const Problem problem{*geometry, true, layoutOf(last), type};
      for (const GpuSchedule &s : createGpuCandidates(problem, true))
        if (s.kernel == GpuKernel::Depthwise)
          expectRight(problem, s, ++seed);
    }
}

/// What is written by hand may be anything; it is refused or right.
TEST_F(GpuSchedules, HandwrittenSchedulesAreRefusedOrRight) {
  RandomProblems random(23);
  const int64_t wanted = runsAll() ? 400 : 25;
  for (int64_t accepted = 0; accepted < wanted;) {
    const ElementType type = types[random.number(0, 4)];
    const GpuSchedule s = random.schedule(type);
    if (!s.verify())
      continue;
    const Problem problem = createLayer(random, s, type, random.number(0, 1) == 1);
    if (!checkGpuSchedule(s, problem, *TargetGpu::of(arch)))
      continue;
    expectRight(problem, s, static_cast<uint64_t>(++accepted));
  }
}

/// Of all types that have an instruction, with x in its two orders.
TEST_F(GpuSchedules, WarpgroupSchedulesAreRefusedOrRight) {
  RandomProblems random(24);
  const int64_t wanted = runsAll() ? 400 : 24;
  for (int64_t accepted = 0; accepted < wanted;) {
    const ElementType type = types[std::array{0, 1, 2, 4}[accepted % 4]];
    const GpuSchedule s = random.warpgroupSchedule(type);
    if (!s.verify())
      continue;
    const Problem problem = createLayer(random, s, type, random.number(0, 7) != 0);
    if (!checkGpuSchedule(s, problem, *TargetGpu::of(arch)))
      continue;
    expectRight(problem, s, static_cast<uint64_t>(++accepted));
  }
}

} // namespace
