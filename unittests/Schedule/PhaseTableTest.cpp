//===- PhaseTableTest.cpp - Phases cover layers exactly -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For pseudo-random layers: every element of y belongs to one phase, and the taps of its
// phase that read inside of x are those that the definition has.
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"

#include "gtest/gtest.h"

#include <algorithm>
#include <map>

using namespace tconv;

namespace {

using Position = std::vector<int64_t>;

/// Calls `visit` with every position in a box.
template <typename Visit> void forEach(const Position &sizes, Visit visit) {
  int64_t count = 1;
  for (int64_t size : sizes)
    count *= size;
  for (int64_t number = 0; number < count; ++number) {
    Position position(sizes.size());
    int64_t rest = number;
    for (size_t dim = sizes.size(); dim-- > 0; rest /= sizes[dim])
      position[dim] = rest % sizes[dim];
    visit(position, number);
  }
}

/// The taps of an output that read inside of x, as indices in w, by the definition.
std::vector<int64_t> expectedTaps(const Geometry &geometry, const Position &output) {
  Position kernel;
  for (const DimGeometry &dim : geometry.dims)
    kernel.push_back(dim.kernel);
  std::vector<int64_t> taps;
  forEach(kernel, [&](const Position &tap, int64_t number) {
    for (size_t dim = 0; dim < tap.size(); ++dim) {
      const DimAttributes &a = geometry.dims[dim].attributes;
      const int64_t scaled = output[dim] + a.paddingBegin - tap[dim] * a.dilation;
      if (scaled < 0 || scaled % a.stride != 0 || scaled / a.stride >= geometry.dims[dim].input)
        return;
    }
    taps.push_back(number);
  });
  return taps;
}

/// The same by the table, for a pixel of a phase.
std::vector<int64_t> tapsOf(const Geometry &geometry, const FilterPacking &packing,
                            const Phase &phase, const Position &pixel) {
  Position sizes;
  for (const PhaseDim &dim : phase.dims)
    sizes.push_back(dim.taps);
  std::vector<int64_t> taps;
  forEach(sizes, [&](const Position &tap, int64_t number) {
    for (size_t dim = 0; dim < tap.size(); ++dim) {
      const DimGeometry &d = geometry.dims[dim];
      const int64_t x =
          pixel[dim] + phase.dims[dim].firstInput + tap[dim] * d.attributes.inputStep();
      if (x < 0 || x >= d.input)
        return;
    }
    taps.push_back(packing.tapOrder.at(static_cast<size_t>(phase.firstTap + number)));
  });
  std::sort(taps.begin(), taps.end());
  return taps;
}

TEST(PhaseTable, CoversLayersExactly) {
  RandomLayers random(3);
  for (int layer = 0; layer < 300; ++layer) {
    Geometry geometry = random.layer();
    FilterPacking packing = createGpuPacking(geometry, GpuSchedule());
    Result<PhaseTable> table = PhaseTable::create(geometry, packing);
    ASSERT_TRUE(bool(table)) << table.error().message;
    std::map<Position, int> visits;
    for (const Phase &phase : table->phases) {
      Position extents;
      for (const PhaseDim &dim : phase.dims)
        extents.push_back(dim.extent);
      forEach(extents, [&](const Position &pixel, int64_t) {
        Position output;
        for (size_t dim = 0; dim < pixel.size(); ++dim)
          output.push_back(pixel[dim] * geometry.dims[dim].attributes.stride +
                           phase.dims[dim].firstOutput);
        ++visits[output];
        EXPECT_EQ(expectedTaps(geometry, output), tapsOf(geometry, packing, phase, pixel))
            << "layer " << layer;
      });
    }
    Position outputs;
    for (const DimGeometry &dim : geometry.dims)
      outputs.push_back(dim.output);
    forEach(outputs, [&](const Position &output, int64_t) {
      EXPECT_EQ(1, visits[output]) << "layer " << layer;
      visits.erase(output);
    });
    EXPECT_TRUE(visits.empty()) << "layer " << layer;
  }
}

TEST(PhaseTable, LeavesManyPhasesToOthers) {
  auto geometry = Geometry::create(1, 1, 1, 1, {2, 2}, {1, 1}, {{65}, {64}});
  ASSERT_TRUE(bool(geometry));
  auto table = PhaseTable::create(*geometry, createGpuPacking(*geometry, GpuSchedule()));
  ASSERT_FALSE(bool(table));
  EXPECT_TRUE(table.error().unsupported);
  EXPECT_EQ("more than 4096 phases", table.error().message);
}

} // namespace
