//===- CheckSchedule.cpp - Whether a schedule fits a layer ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every field of a schedule is checked against what kernels can do for the layer: whether its dot
// product and family take the type, the layout and the groups, whether phases can share lanes,
// whether parts of sums would be rounded, and whether tables and code stay within their limits.
// What passes computes the right numbers.
//
// Test: unittests/Schedule/ChosenScheduleTest.cpp, test/Execution/random-schedules.py
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/CheckSchedule.h"

#include "Axis.h"
#include "TableLimits.h"
#include "tconv/Schedule/FilterPacking.h"
#include "tconv/Schedule/RowPlan.h"
#include "tconv/Support/Errors.h"

using namespace tconv;

namespace {

Status checkDotProduct(DotProduct dot, const Problem &problem) {
  const ElementType type = problem.type;
  const std::string got = ", got " + std::string(name(type));
  switch (dot) {
  case DotProduct::Plain:
    return success();
  case DotProduct::Bf16Pairs:
    if (type != ElementType::BF16)
      return Error{"expected bf16 for the dot product bf16_pairs" + got};
    return success();
  case DotProduct::Int16Pairs:
  case DotProduct::Int8Quads:
    if (type != ElementType::I8)
      return Error{"expected i8 for the dot products int16_pairs and int8_quads" + got};
    if (dot == DotProduct::Int8Quads && problem.zeroPoints.filter != 0)
      return Error{"expected a filter_zero_point of 0 for the dot product int8_quads, got " +
                   std::to_string(problem.zeroPoints.filter)};
    return success();
  }
  return success();
}

Status checkDepthwise(const Schedule &schedule, const Geometry &geometry) {
  if (schedule.dot != DotProduct::Plain)
    return Error{"expected the dot product plain for the family depthwise"};
  if (geometry.groups != geometry.inputChannels || geometry.groups != geometry.outputChannels)
    return Error{"expected as many groups as channels for the family depthwise, got " +
                 std::to_string(geometry.groups) + " groups of " +
                 std::to_string(geometry.inputChannels) + " and " +
                 std::to_string(geometry.outputChannels) + " channels"};
  return success();
}

Status checkWinograd(const Schedule &schedule, const Problem &problem) {
  if (isFloat(problem.type) && schedule.dot == DotProduct::Plain && schedule.reductionBlock == 0)
    return success();
  return Error{"expected floats, the dot product plain and a reduction_block of 0 for the "
               "family winograd"};
}

Status checkFamily(const Schedule &schedule, const Problem &problem) {
  const bool takesWidth = !problem.channelsLast() && isFloat(problem.type);
  if (schedule.family == KernelFamily::Width && !takesWidth)
    return Error{"expected channels_first and floats for the family width"};
  if (schedule.family == KernelFamily::Winograd)
    return checkWinograd(schedule, problem);
  if (schedule.family == KernelFamily::Depthwise)
    return checkDepthwise(schedule, problem.geometry);
  return success();
}

Status checkFusedPhases(const Schedule &schedule, const Geometry &geometry) {
  const DimGeometry &innermost = geometry.dims.back();
  const bool fits = schedule.family == KernelFamily::OutputChannels && geometry.groups == 1 &&
                    schedule.reductionBlock == 0 && canFusePhases(innermost) &&
                    schedule.fusedPhases == innermost.attributes.stride;
  if (schedule.fusedPhases == 1 || fits)
    return success();
  return Error{
      "expected fused_phases of 1, or the innermost stride of a layer of one group without "
      "dilation whose filter size is a multiple of it, and a reduction_block of 0, got " +
      std::to_string(schedule.fusedPhases)};
}

} // namespace

Status tconv::checkTaps(const Geometry &geometry) {
  double taps = 1;
  for (const DimGeometry &dim : geometry.dims)
    taps *= double(dim.kernel);
  if (taps <= double(maxTaps))
    return success();
  return unsupported("more than " + std::to_string(maxTaps) + " taps");
}

Status tconv::checkTables(const Schedule &schedule, const Geometry &geometry) {
  if (schedule.family == KernelFamily::Width) {
    auto rows = RowPlan::create(geometry, schedule);
    return rows ? success() : Status(rows.error());
  }
  if (schedule.family == KernelFamily::Winograd)
    return checkTransformTables(geometry, schedule);
  auto tiles = TilePlan::create(geometry, schedule);
  return tiles ? success() : Status(tiles.error());
}

Status tconv::checkSchedule(const Schedule &schedule, const Problem &problem) {
  if (Status status = checkDotProduct(schedule.dot, problem); !status)
    return status;
  if (Status status = checkFusedPhases(schedule, problem.geometry); !status)
    return status;
  if (Status status = checkFamily(schedule, problem); !status)
    return status;
  return checkTables(schedule, problem.geometry);
}
