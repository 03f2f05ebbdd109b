//===- Block.h - The block that is running -------------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_BLOCK_H
#define TCONV_LIB_EMULATOR_BLOCK_H

#include "AsyncCopies.h"
#include "Barriers.h"
#include "BulkCopies.h"
#include "DeviceState.h"
#include "Mbarriers.h"
#include "Warpgroups.h"

#include <array>

namespace tconv::emulator {

/// All that the functions which kernels call know: the launch, the block and its threads.
struct Block {
  DeviceState &device;
  const EmulatedKernel &kernel;
  LaunchShape shape;
  std::array<uint32_t, 3> index{0, 0, 0};
  /// The variables in shared memory and the dynamic shared memory.
  std::vector<Region> shared;
  std::vector<std::array<uint32_t, 3>> threadIndex;
  Barriers barriers;
  Mbarriers mbarriers;
  Warps warps;
  Warpgroups warpgroups;
  AsyncCopies copies;
  BulkStores bulkStores;
  EmulatorCounters counters;

  Block(DeviceState &device, const EmulatedKernel &kernel, const LaunchShape &shape);

  /// Runs the block of an index; the shared memory starts full of poison.
  Status run(std::array<uint32_t, 3> index);

  Scheduler &scheduler() { return device.scheduler; }
  RaceDetector &races() { return device.races; }
  uint32_t numThreads() const { return static_cast<uint32_t>(threadIndex.size()); }
  /// Of variables and dynamic shared memory.
  uint32_t countSharedBytes() const;
  uint32_t thread() const { return device.scheduler.current(); }

  /// Ends the launch: "MESSAGE", at the op of a site, in this block and thread.
  [[noreturn]] void fail(const Site *site, const std::string &message);

  /// The block of the launch that this thread of the operating system runs.
  static Block &current() { return *running; }

private:
  [[noreturn]] void reportDeadlock();
  static thread_local Block *running;
};

/// "thread (3, 0, 0)".
std::string describeThread(const Block &block, uint32_t thread);
/// "threads 0 to 31 and 64".
std::string listThreads(std::vector<uint32_t> threads);
/// Where those of `number` threads from `first` on are that did not arrive: "; threads 8 to 63
/// ended without".
std::string describeAbsent(const Block &block, uint32_t first, uint32_t number,
                           const std::vector<uint32_t> &arrived);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_BLOCK_H
