//===- CheckGpuSchedule.cpp - Whether a schedule can be obeyed ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/CheckGpuSchedule.h"

#include "CheckWgmma.h"
#include "tconv/Schedule/GpuBlocks.h"
#include "tconv/Schedule/GpuSharedMemory.h"
#include "tconv/Support/Division.h"
#include "tconv/Support/Errors.h"

#include <algorithm>
#include <cmath>
#include <string>

using namespace tconv;

namespace {

constexpr int64_t accessBytes = 16; ///< the most that a thread reads or writes at once

/// Elements of y are those of x, but sums of i8 are stored as they are.
int64_t resultByteSize(ElementType type) {
  return type == ElementType::I8 ? sumByteSize(type) : byteSize(type);
}

/// Channels that a thread of the kernel depthwise computes are read and stored at once.
Status checkChannelsOfThread(int64_t channels, const Problem &problem) {
  if (channels == 1)
    return success();
  if (!problem.channelsLast())
    return Error{"expected a block_n of 1 for the kernel depthwise where channels are first, got " +
                 std::to_string(channels)};
  const int64_t most = accessBytes / std::max(byteSize(problem.type), resultByteSize(problem.type));
  if ((channels & (channels - 1)) != 0 || channels > most)
    return Error{"expected a power of two up to " + std::to_string(most) +
                 " as block_n for the kernel depthwise, got " + std::to_string(channels)};
  const Geometry &g = problem.geometry;
  const int64_t perInput = g.outputChannels / g.groups;
  if (g.outputChannels % channels != 0 || (perInput % channels != 0 && channels % perInput != 0))
    return Error{"expected a block_n for the kernel depthwise that fits " +
                 std::to_string(g.outputChannels) + " channels in groups of " +
                 std::to_string(perInput) + ", got " + std::to_string(channels)};
  return success();
}

Status checkDepthwise(const GpuSchedule &schedule, const Problem &problem) {
  const Geometry &g = problem.geometry;
  if (g.inputChannels != g.groups)
    return Error{"expected one input channel in each group for the kernel depthwise, got " +
                 std::to_string(g.inputChannels / g.groups)};
  return checkChannelsOfThread(schedule.blockN, problem);
}

/// Rows of x are copied in whole chunks. Each chunk of a thread has code and registers of its own.
Status checkChunks(const GpuSchedule &schedule, ElementType type) {
  const int64_t least = accessBytes / byteSize(type);
  if (schedule.blockK < least)
    return Error{"expected a block_k of at least " + std::to_string(least) + " for " +
                 std::string(name(type)) + ", got " + std::to_string(schedule.blockK)};
  constexpr int64_t mostChunks = 32; // candidates have up to 16
  const int64_t chunks = ceilDivide(
      std::max(schedule.blockM, schedule.blockN) * schedule.blockK / least, schedule.threads());
  if (chunks > mostChunks)
    return Error{"expected tiles of at most " + std::to_string(mostChunks * accessBytes) +
                 " bytes for each thread, got " + std::to_string(chunks * accessBytes)};
  return success();
}

/// Kernels number elements with 32 bits.
Status checkSizes(const Geometry &g) {
  constexpr double limit = 2147483648.0, mostTaps = 1 << 16;
  double x = double(g.batch) * double(g.inputChannels), taps = 1;
  double y = double(g.batch) * double(g.outputChannels);
  for (const DimGeometry &dim : g.dims) {
    x *= double(dim.input);
    y *= double(dim.output);
    taps *= double(dim.kernel);
  }
  const double w = taps * double(g.inputChannels) * double(g.outputChannels / g.groups);
  if (x >= limit || y >= limit || w >= limit)
    return unsupported("a tensor has 2^31 elements or more");
  // A table in the code has them all.
  if (taps > mostTaps)
    return unsupported("the filter has more than 2^16 taps");
  return success();
}

/// Kernels compute with 32 bits where the taps of a pixel are, which may be far outside of x; and
/// rows of a tile that are no pixels stand 2^30 in front of it.
Status checkPositions(const Geometry &g, const PhaseTable &phases) {
  constexpr double limit = 1 << 30;
  for (const Phase &phase : phases.phases)
    for (size_t dim = 0; dim < g.dims.size(); ++dim) {
      const PhaseDim &values = phase.dims[dim];
      const double taps =
          double(std::max<int64_t>(values.taps, 1)) * double(g.dims[dim].attributes.inputStep());
      if (std::abs(double(values.firstInput)) + double(values.extent) + taps >= limit)
        return unsupported("taps are 2^30 elements or more away from x");
    }
  return success();
}

} // namespace

Result<PhaseTable> tconv::createGpuPhases(const Geometry &geometry) {
  if (Status status = checkSizes(geometry); !status)
    return status.error();
  // Phases stand in the packed filter in the same order, whatever the schedule is.
  auto phases = PhaseTable::create(geometry, createGpuPacking(geometry, GpuSchedule()));
  if (!phases)
    return phases.error();
  if (Status status = checkPositions(geometry, *phases); !status)
    return status.error();
  return phases;
}

Status tconv::checkGpuOperands(const Problem &problem) {
  if (problem.zeroPoints.areDefault())
    return success();
  return unsupported("bytes with zero points, or unsigned ones, are left to the portable tier");
}

Status tconv::checkGpuFit(const GpuSchedule &schedule, const Problem &problem) {
  if (Status status = schedule.verify(); !status)
    return status;
  if (Status status = checkGpuOperands(problem); !status)
    return status;
  if (schedule.math != GpuMath::Fma &&
      schedule.math != tensorMath(problem.type, /*allowTf32=*/true))
    return Error{"expected the math of " + std::string(name(problem.type)) + " or fma"};
  if (schedule.kernel == GpuKernel::Depthwise)
    return checkDepthwise(schedule, problem);
  if (schedule.kernel == GpuKernel::Wgmma)
    return checkWgmmaChannels(schedule, problem);
  return checkChunks(schedule, problem.type);
}

Status tconv::checkGpuSchedule(const GpuSchedule &schedule, const Problem &problem) {
  if (Status status = checkGpuFit(schedule, problem); !status)
    return status;
  auto phases = createGpuPhases(problem.geometry);
  if (!phases)
    return phases.error();
  if (createGpuPacking(problem.geometry, schedule).elements() > INT32_MAX)
    return unsupported("the packed filter has 2^31 elements or more");
  if (GpuBlocks::of(problem.geometry, *phases, schedule).total() > INT32_MAX)
    return unsupported("a launch has 2^31 blocks or more");
  if (schedule.kernel == GpuKernel::Wgmma)
    return checkWgmmaPositions(schedule, problem, *phases);
  return success();
}

Status tconv::checkGpuSchedule(const GpuSchedule &s, const Problem &problem,
                               const TargetGpu &target) {
  if (Status status = checkGpuSchedule(s, problem); !status)
    return status;
  if (s.kernel == GpuKernel::Wgmma && !target.hasWgmma())
    return Error{"expected sm_90a for the kernel wgmma, got " + target.arch};
  const int64_t bytes = GpuSharedMemory::of(s, problem).totalBytes;
  if (bytes <= target.limits.sharedPerBlock)
    return success();
  return Error{
      "expected at most " + std::to_string(target.limits.sharedPerBlock) +
      " bytes of shared memory in a block on " + target.arch + ", got " + std::to_string(bytes) +
      " for " + std::to_string(s.stages) + " stages of block_m = " + std::to_string(s.blockM) +
      ", block_n = " + std::to_string(s.blockN) + " and block_k = " + std::to_string(s.blockK)};
}
