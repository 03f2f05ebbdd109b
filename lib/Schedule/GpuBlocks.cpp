//===- GpuBlocks.cpp - The blocks of a launch -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/GpuBlocks.h"

#include "tconv/Support/Division.h"

using namespace tconv;

GpuBlocks GpuBlocks::of(const Geometry &geometry, const PhaseTable &phases,
                        const GpuSchedule &schedule) {
  GpuBlocks blocks;
  blocks.phases = static_cast<int64_t>(phases.phases.size());
  const int64_t pixels = phases.mostPixels() * geometry.batch;
  if (schedule.kernel == GpuKernel::Depthwise) {
    // A thread has `blockN` channels of a pixel.
    blocks.pixelTiles =
        ceilDivide(pixels * geometry.outputChannels, schedule.threads() * schedule.blockN);
    return blocks;
  }
  blocks.pixelTiles = ceilDivide(pixels, schedule.blockM);
  blocks.channelBlocks = ceilDivide(geometry.outputChannels / geometry.groups, schedule.blockN);
  blocks.groups = geometry.groups;
  return blocks;
}
