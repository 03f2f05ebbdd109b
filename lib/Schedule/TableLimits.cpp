//===- TableLimits.cpp - How large tables and code may become -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TableLimits.h"

#include "tconv/Schedule/CheckSchedule.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Schedule/WinogradPlan.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include <algorithm>
#include <limits>

using namespace tconv;

Status tconv::checkLimit(double number, int64_t limit, const char *what) {
  if (number <= double(limit))
    return success();
  return unsupported("more than " + std::to_string(limit) + " " + what);
}

/// Tables hold 32-bit numbers.
static Status checkOffsets(double elements) {
  if (elements < std::numeric_limits<int32_t>::max())
    return success();
  return unsupported("a tensor has more elements than fit 32-bit offsets");
}

static double packedElements(const Geometry &geometry, const Schedule &schedule) {
  const FilterPacking packing = FilterPacking::create(geometry, schedule);
  return double(packing.paddedLanes()) * double(packing.rows()) * double(packing.channelsPerStep) *
         double(packing.groups);
}

static Status checkKinds(const std::vector<Axis> &axes) {
  double kinds = 1, visits = 1;
  for (const Axis &axis : axes) {
    double taps = 0;
    for (const Interval &interval : axis.dim.intervals)
      taps += double(interval.tapEnd - interval.tapBegin);
    visits *= std::max(taps, 1.0);
    kinds *= double(axis.dim.intervals.size());
  }
  if (Status status = checkLimit(kinds, maxKinds, "kinds of outputs by their taps"); !status)
    return status;
  return checkLimit(visits, maxVisits, "taps of all kinds of outputs");
}

Status tconv::checkTileTables(const Geometry &geometry, const Schedule &schedule) {
  if (Status status = checkTaps(geometry); !status)
    return status;
  const int64_t phases = geometry.numPhases() / schedule.fusedPhases;
  if (Status status = checkLimit(double(phases), maxPhases, "phases"); !status)
    return status;
  // What a tile reads and writes may lie outside of x and y by so much.
  double x = double(geometry.batch) * double(paddedInputChannels(geometry, DotProduct::Int8Quads));
  double y = double(geometry.batch) * double(geometry.outputChannels);
  for (const DimGeometry &dim : geometry.dims) {
    x *= double(dim.input) + 2 * double(dim.kernel) * double(dim.attributes.inputStep());
    y *= double(dim.output) + 2 * double(dim.attributes.stride);
  }
  if (Status status = checkOffsets(std::max({x, y, packedElements(geometry, schedule)})); !status)
    return status;
  return checkKinds(createAxes(geometry, schedule));
}

Status tconv::checkBlocks(const std::vector<Axis> &axes, const Schedule &schedule) {
  const std::vector<int64_t> extents = extentsOf(axes), box = boxOfBlocks(axes, schedule);
  if (Status status = checkLimit(countBoxes(extents, box), maxBlocks, "blocks"); !status)
    return status;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    const double pieces = double(extents[axis]) / double(box[axis]);
    const double visits = pieces * double(axes[axis].dim.intervals.size());
    if (Status status = checkLimit(visits, maxVisits, "intervals of blocks"); !status)
      return status;
  }
  return success();
}

Status tconv::checkRowTables(const Geometry &geometry, const Schedule &schedule) {
  if (Status status = checkTaps(geometry); !status)
    return status;
  double rows = 1, segments = 1, x = 1, y = 1;
  for (const DimGeometry &dim : geometry.dims) {
    const bool isOuter = &dim != &geometry.dims.back();
    x *= double(dim.input);
    y *= double(dim.output);
    rows *= isOuter ? double(dim.output) : 1;
    segments *= isOuter ? double(dim.pairsInside()) : 1;
  }
  if (Status status = checkLimit(rows, maxRows, "rows"); !status)
    return status;
  if (Status status = checkLimit(segments, maxSegments, "segments"); !status)
    return status;
  const DimGeometry &innermost = geometry.dims.back();
  const double row = double(WidthPlan::create(innermost, schedule).rowElements);
  const double buffer = row * double(geometry.inputChannels) / double(geometry.groups);
  if (Status status = checkOffsets(std::max({x, y, buffer, packedElements(geometry, schedule)}));
      !status)
    return status;
  const int64_t channels = geometry.outputChannels / geometry.groups;
  const int64_t ofTile = schedule.pixels;
  const double ofTiles = double(std::min(ofTile, channels) + channels % ofTile);
  // There are tiles of all and of some vectors. Each residue of the stride has its sums,
  // which are shuffled into each other.
  const int64_t s = innermost.attributes.stride;
  const double perVector = double(innermost.kernel) + double(s) * double(s);
  const double vectors = double(countInRegisters(schedule, 2 * schedule.vectors));
  return checkLimit(ofTiles * perVector * vectors, maxCode, codeUnit);
}

Status tconv::checkTransformTables(const Geometry &geometry, const Schedule &schedule) {
  if (Status status = checkTaps(geometry); !status)
    return status;
  if (Status status = checkTransforms(geometry, schedule); !status)
    return status;
  const FilterPacking packing = FilterPacking::create(geometry, schedule);
  const int64_t vectors = (packing.fullBlocks > 0 ? schedule.vectors : 0) +
                          packing.lastBlockLanes / packing.vectorLength;
  double code = double(schedule.pixels) * double(schedule.unroll + 1) *
                double(countInRegisters(schedule, vectors));
  // There is code for windows in x and for others, and the same for outputs.
  constexpr double perProduct = 8;
  for (const WinogradClass &phases : packing.transforms)
    code += perProduct * double(phases.products()) * double(countInRegisters(schedule, 1));
  return checkLimit(code, maxCode, codeUnit);
}

int64_t tconv::countInRegisters(const Schedule &schedule, int64_t vectors) {
  constexpr int64_t longest = 16; // of 32-bit numbers
  return vectors * ceilDivide(schedule.vectorLength, longest) * channelsPerStep(schedule.dot);
}

double tconv::countCode(const TilePlan &plan, const FilterPacking &packing,
                        const Schedule &schedule) {
  const int64_t perPixel =
      countInRegisters(schedule, (packing.fullBlocks > 0 ? schedule.vectors : 0) +
                                     packing.lastBlockLanes / packing.vectorLength);
  // A step of each sum, besides those of the unrolled loop; of depthwise layers, straight-line
  // code for at most 9 usual numbers of up to 16 taps.
  const bool isDepthwise = schedule.family == KernelFamily::Depthwise;
  double pixels = 0, most = 0;
  for (const TileShape &shape : plan.shapes) {
    pixels += double(shape.pixels());
    most = std::max(most, double(shape.pixels()));
  }
  const double steps = isDepthwise ? pixels + 9 * 16 * most : pixels * double(schedule.unroll + 1);
  return steps * double(perPixel);
}
