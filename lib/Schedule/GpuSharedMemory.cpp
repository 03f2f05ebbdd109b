//===- GpuSharedMemory.cpp - What a block has in shared memory ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/GpuSharedMemory.h"

#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

namespace {

/// Rows of sums are so far apart that threads meet each of the 32 banks once.
int64_t chooseSumRow(const GpuSchedule &schedule, bool channelsLast) {
  // Those that read a column of neighbouring rows do, if the distance is odd.
  if (!channelsLast)
    return schedule.blockN + 1;
  // Those that write eight rows at once do, if rows begin eight banks apart.
  const int64_t over = schedule.blockN % 32;
  return schedule.blockN + (over == 8 || over == 24 ? 0 : 8);
}

/// Sums that need more than `room` bytes have their turn one after the other, in whole slices
/// of each warp's rows.
int64_t choosePasses(int64_t sumsBytes, int64_t room, int64_t slices) {
  int64_t passes = 1;
  while (passes < slices && sumsBytes > room * passes)
    do
      ++passes;
    while (slices % passes != 0);
  return passes;
}

} // namespace

GpuSharedMemory GpuSharedMemory::of(const GpuSchedule &schedule, const Problem &problem) {
  GpuSharedMemory memory;
  if (schedule.kernel == GpuKernel::Depthwise)
    return memory;
  const int64_t rowBytes = schedule.blockK * byteSize(problem.type);
  memory.inputBytes = schedule.blockM * rowBytes;
  memory.filterBytes = schedule.blockN * rowBytes;
  memory.sumRowElements = chooseSumRow(schedule, problem.channelsLast());
  const int64_t stagesBytes = schedule.stages * memory.stageBytes();
  const int64_t allSums = schedule.blockM * memory.sumRowElements * sumByteSize(problem.type);
  constexpr int64_t leastRoom = 16 << 10;
  memory.passes = choosePasses(allSums, std::max(stagesBytes, leastRoom),
                               schedule.warpM() / schedule.rowsPerSlice());
  memory.sumsBytes = allSums / memory.passes;
  constexpr int64_t chunkBytes = 16, tableEntryBytes = 4;
  memory.tableOffset = ceilDivide(std::max(stagesBytes, memory.sumsBytes), chunkBytes) * chunkBytes;
  memory.barrierOffset = memory.tableOffset + schedule.blockM * tableEntryBytes;
  const int64_t barriers = schedule.kernel == GpuKernel::Wgmma ? 2 * schedule.stages : 0;
  memory.totalBytes = memory.barrierOffset + barriers * barrierBytes;
  return memory;
}
