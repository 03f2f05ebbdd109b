//===- CheckSchedule.cpp - Whether a schedule fits a layer ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckSchedule.h"

#include "tconv/Schedule/FilterPacking.h"

#include "mlir/IR/BuiltinTypes.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::Error;
using ::tconv::KernelFamily;

namespace {

std::string toString(Type type) {
  std::string text;
  llvm::raw_string_ostream(text) << type;
  return text;
}

::tconv::Status checkDotProduct(::tconv::DotProduct dot, Type input) {
  switch (dot) {
  case ::tconv::DotProduct::Plain:
    return ::tconv::success();
  case ::tconv::DotProduct::Bf16Pairs:
    if (!input.isBF16())
      return Error{"expected bf16 for the dot product bf16_pairs, got " + toString(input)};
    return ::tconv::success();
  case ::tconv::DotProduct::Int16Pairs:
  case ::tconv::DotProduct::Int8Quads:
    if (!input.isInteger(8))
      return Error{"expected i8 for the dot products int16_pairs and int8_quads, got " +
                   toString(input)};
    return ::tconv::success();
  }
  llvm_unreachable("not a dot product");
}

::tconv::Status checkDepthwise(const ::tconv::Schedule &schedule,
                               const ::tconv::Geometry &geometry) {
  if (schedule.dot != ::tconv::DotProduct::Plain)
    return Error{"expected the dot product plain for the family depthwise"};
  if (geometry.groups != geometry.inputChannels || geometry.groups != geometry.outputChannels)
    return Error{"expected as many groups as channels for the family depthwise, got " +
                 std::to_string(geometry.groups) + " groups of " +
                 std::to_string(geometry.inputChannels) + " and " +
                 std::to_string(geometry.outputChannels) + " channels"};
  return ::tconv::success();
}

::tconv::Status checkFusedPhases(const ::tconv::Schedule &schedule,
                                 const ::tconv::Geometry &geometry) {
  const ::tconv::DimGeometry &innermost = geometry.dims.back();
  const bool fits = schedule.family == KernelFamily::OutputChannels && geometry.groups == 1 &&
                    schedule.reductionBlock == 0 && ::tconv::canFusePhases(innermost) &&
                    schedule.fusedPhases == innermost.attributes.stride;
  if (schedule.fusedPhases == 1 || fits)
    return ::tconv::success();
  return Error{
      "expected fused_phases of 1, or the innermost stride of a layer of one group without "
      "dilation whose filter size is a multiple of it, and a reduction_block of 0, got " +
      std::to_string(schedule.fusedPhases)};
}

} // namespace

::tconv::Status mlir::tconv::checkSchedule(const ::tconv::Schedule &schedule,
                                           const ::tconv::Geometry &geometry, Type input,
                                           Type result, bool channelsLast) {
  if (::tconv::Status status = checkDotProduct(schedule.dot, input); !status)
    return status;
  if (::tconv::Status status = checkFusedPhases(schedule, geometry); !status)
    return status;
  if (schedule.reductionBlock > 0 && (result.isF16() || result.isBF16()))
    return Error{"expected a reduction_block of 0 for results that are rounded to " +
                 toString(result)};
  if (schedule.family == KernelFamily::Width && (channelsLast || !(input.isF32() || input.isF64())))
    return Error{"expected channels_first and f32 or f64 for the family width"};
  if (schedule.family == KernelFamily::Depthwise)
    return checkDepthwise(schedule, geometry);
  return ::tconv::success();
}
