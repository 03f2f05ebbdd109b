//===- CheckWgmma.cpp - What the kernel wgmma asks of a layer -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckWgmma.h"

#include "tconv/Schedule/Im2colMaps.h"

#include <string>

using namespace tconv;

static constexpr int64_t unitBytes = 16; ///< of strides in tensor maps

Status tconv::checkWgmmaChannels(const GpuSchedule &schedule, const Problem &problem) {
  if (!problem.channelsLast())
    return Error{"expected channels last for the kernel wgmma"};
  const Geometry &g = problem.geometry;
  const int64_t pixelBytes = g.inputChannels * byteSize(problem.type);
  if (pixelBytes % unitBytes != 0)
    return Error{"expected input channels of a multiple of " + std::to_string(unitBytes) +
                 " bytes for the kernel wgmma, got " + std::to_string(pixelBytes)};
  // Channels behind those of the group are those of the next one.
  const int64_t channels = g.inputChannels / g.groups;
  if (g.groups > 1 && channels % schedule.blockK != 0)
    return Error{"expected a block_k that divides the " + std::to_string(channels) +
                 " input channels of a group for the kernel wgmma, got " +
                 std::to_string(schedule.blockK)};
  return success();
}

Status tconv::checkWgmmaPositions(const GpuSchedule &schedule, const Problem &problem,
                                  const PhaseTable &phases) {
  auto maps = Im2colMaps::create(problem.geometry, phases, schedule.order);
  return maps ? success() : Status(maps.error());
}
