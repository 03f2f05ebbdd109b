//===- TableLimitsTest.cpp - No number makes tables grow without bound ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Layers of which one or two numbers are as large as any, and schedules with fields as large or
// as small as can be: the answer comes at once, and tables are within their limits or refused.
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"

#include "tconv/Problem/Descriptor.h"
#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/TilePlan.h"

#include "gtest/gtest.h"

#include <bit>
#include <ctime>
#include <functional>

using namespace tconv;

namespace {

/// A layer's numbers before its output size is known.
struct Numbers {
  int64_t batch = 1, inputs = 2, outputs = 2, groups = 1;
  std::vector<int64_t> input, kernel;
  std::vector<DimAttributes> attributes;
};

/// A small layer with one of its numbers replaced by a large one.
void grow(Numbers &layer, RandomLayers &random) {
  constexpr int64_t most = int64_t(1) << 44;
  const int64_t large = random.size(1 << 8, int64_t(1) << random.number(9, 44));
  const auto dim = static_cast<size_t>(random.number(0, int64_t(layer.input.size()) - 1));
  DimAttributes &attributes = layer.attributes[dim];
  const std::function<void()> changes[] = {
      [&] { layer.batch = large; },
      [&] { layer.inputs = layer.groups * std::min(large, most / layer.groups); },
      [&] { layer.outputs = layer.groups * std::min(large, most / layer.groups); },
      [&] { layer.groups = layer.inputs = layer.outputs = large; },
      [&] { layer.input[dim] = large; },
      [&] { layer.kernel[dim] = large; },
      [&] { attributes.stride = large; },
      [&] { attributes.dilation = large; },
      [&] { attributes.paddingBegin = -large; },
      [&] { attributes.paddingEnd = -large; },
      [&] { attributes.outputPadding = large; },
      [&] {
        attributes.paddingBegin = large;
        layer.input[dim] += large;
      },
      [&] { attributes.stride = layer.kernel[dim] = std::min<int64_t>(large, 1 << 16); },
  };
  changes[random.number(0, std::ssize(changes) - 1)]();
}

std::optional<Problem> createLarge(RandomLayers &random) {
  Numbers layer;
  for (int64_t dim = random.number(1, 3); dim > 0; --dim) {
    layer.input.push_back(random.number(1, 9));
    layer.kernel.push_back(random.number(1, 5));
    layer.attributes.push_back({random.number(1, 3), random.number(0, 1), 0, 1, 0});
  }
  for (int64_t count = random.number(1, 3); count > 0; --count)
    grow(layer, random);
  auto geometry = Geometry::create(layer.batch, layer.inputs, layer.outputs, layer.groups,
                                   layer.input, layer.kernel, layer.attributes);
  if (!geometry)
    return std::nullopt;
  constexpr ElementType types[] = {ElementType::F64, ElementType::F32, ElementType::F16,
                                   ElementType::BF16, ElementType::I8};
  return Problem{*geometry, false,
                 random.number(0, 1) ? TensorLayout::ChannelsFirst : TensorLayout::ChannelsLast,
                 types[random.number(0, 4)]};
}

/// Fields at the ends of their ranges, or somewhere between.
Schedule createSchedule(RandomLayers &random, const Geometry &geometry) {
  auto field = [&](int64_t first, int64_t last) {
    const int64_t end = random.number(0, 3);
    return end == 0 ? first : end == 1 ? last : random.size(std::max<int64_t>(first, 1), last);
  };
  constexpr int64_t largest = int64_t(1) << 30;
  Schedule schedule;
  schedule.family = static_cast<KernelFamily>(random.number(0, 2));
  schedule.vectorLength = std::bit_floor(uint64_t(field(1, 64)));
  schedule.pixels = field(1, 32);
  schedule.vectors = field(1, 16);
  schedule.fusedPhases = random.number(0, 3) ? 1 : geometry.dims.back().attributes.stride;
  schedule.blockPixels = field(1, largest);
  schedule.blocksPerTask = field(1, largest);
  schedule.reductionBlock = schedule.fusedPhases > 1 ? 0 : field(0, largest);
  schedule.unroll = field(1, 16);
  return schedule;
}

void expectLimits(const Schedule &schedule, const Problem &problem, const std::string &layer) {
  if (schedule.family == KernelFamily::Width) {
    auto rows = RowPlan::create(problem.geometry, schedule);
    ASSERT_TRUE(rows) << layer << ": " << rows.message();
    EXPECT_LE(rows->segments.size(), 1u << 20) << layer;
    EXPECT_LE(rows->rows.size(), 1u << 16) << layer;
    return;
  }
  if (schedule.family == KernelFamily::Winograd) {
    Status tables = checkTables(schedule, problem.geometry);
    EXPECT_TRUE(tables) << layer << ": " << tables.message();
    return;
  }
  auto tiles = TilePlan::create(problem.geometry, schedule);
  ASSERT_TRUE(tiles) << layer << ": " << tiles.message();
  EXPECT_LE(tiles->tiles.size(), 1u << 18) << layer;
  EXPECT_LE(tiles->segments.size(), 1u << 20) << layer;
  EXPECT_LE(tiles->blocks.size(), 1u << 18) << layer;
}

/// Runs `work` for some large layers, each of which may take little time of the processor.
void forLargeLayers(unsigned seed, int count,
                    const std::function<void(RandomLayers &, const Problem &)> &work) {
  RandomLayers random(seed);
  for (int number = 0; number < count; ++number) {
    std::optional<Problem> problem = createLarge(random);
    if (!problem)
      continue;
    const std::clock_t begin = std::clock();
    work(random, *problem);
    const double seconds = double(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 3) << formatDescriptor(*problem);
  }
}

TEST(TableLimits, HoldForWhatIsChosen) {
  int chosen = 0;
  forLargeLayers(21, 1000, [&](RandomLayers &, const Problem &problem) {
    auto selected = selectSchedule(problem, TargetCpu());
    if (!selected) {
      EXPECT_TRUE(selected.error().unsupported) << selected.message();
      return;
    }
    ++chosen;
    const Schedule &schedule = selected->schedule;
    EXPECT_TRUE(schedule.verify()) << formatDescriptor(problem);
    const Status fits = checkSchedule(schedule, problem);
    EXPECT_TRUE(fits) << formatDescriptor(problem) << ": " << fits.message();
    expectLimits(schedule, problem, formatDescriptor(problem));
  });
  EXPECT_GT(chosen, 200);
}

TEST(TableLimits, HoldForWhatIsWrittenByHand) {
  int accepted = 0;
  forLargeLayers(22, 1500, [&](RandomLayers &random, const Problem &problem) {
    const Schedule schedule = createSchedule(random, problem.geometry);
    if (!checkSchedule(schedule, problem))
      return;
    ++accepted;
    expectLimits(schedule, problem, formatDescriptor(problem));
  });
  EXPECT_GT(accepted, 100);
}

TEST(TableLimits, NameWhatIsTooLarge) {
  auto refusal = [](const char *layer, const Schedule &schedule) {
    auto descriptor = parseDescriptor(layer);
    auto problem = descriptor ? createProblem(*descriptor) : descriptor.error();
    if (!problem)
      return problem.message();
    const Status status = checkSchedule(schedule, *problem);
    return status ? std::string() : status.message();
  };
  const Schedule plain{};
  EXPECT_EQ(refusal("i4 k65537", plain), "more than 65536 taps");
  EXPECT_EQ(refusal("i4x4 k70x70 s70", plain), "more than 4096 phases");
  EXPECT_EQ(refusal("i4 k2 d2147483647", plain),
            "a tensor has more elements than fit 32-bit offsets");
  EXPECT_EQ(refusal("i999x999 k200x200", plain), "more than 32768 kinds of outputs by their taps");
  EXPECT_EQ(refusal("i9999 k9999 d2", plain), "more than 16777216 taps of all kinds of outputs");
  EXPECT_EQ(refusal("i1000000 k1", {.blockPixels = 1}), "more than 262144 blocks");
  EXPECT_EQ(refusal("i99999 k400 d7", {.blockPixels = 1}),
            "more than 16777216 intervals of blocks");
  EXPECT_EQ(refusal("i500000 k1", {.pixels = 1, .blockPixels = 500000}),
            "more than 262144 different tiles");
  EXPECT_EQ(refusal("i9000 k1500 d2", plain), "more than 1048576 segments");
  EXPECT_EQ(refusal("i64x64 ci8 co999 k4 s2 p1",
                    {.vectorLength = 64, .pixels = 32, .vectors = 16, .unroll = 16}),
            "more than 16384 multiply-adds of vectors in the code");
  const Schedule width{.family = KernelFamily::Width};
  EXPECT_EQ(refusal("i99999x4 k4", width), "more than 65536 rows");
  EXPECT_EQ(refusal("i40000x4 k60x4", width), "more than 1048576 segments");
  EXPECT_EQ(refusal("i4 k2 s90", {.family = KernelFamily::Width, .vectors = 4}),
            "more than 16384 multiply-adds of vectors in the code");
  EXPECT_EQ(refusal("i4 k3 d2147483647", width),
            "a tensor has more elements than fit 32-bit offsets");
}

} // namespace
