//===- EmulatorOptions.h - How the emulator runs kernels ------ -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_EMULATOROPTIONS_H
#define TCONV_EMULATOR_EMULATOROPTIONS_H

#include "tconv/Support/Result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace tconv {

/// When the data of an asynchronous copy lands: where it is issued, or at the wait that
/// guarantees it, until when its destination holds the poison pattern.
enum class AsyncCopyTime { Early, Late };

/// The order in which the threads of a block start and go on.
enum class ThreadOrder { Forward, Reverse, Random };

/// What a launch may do is the same for all of these; only a kernel that is wrong can tell
/// them apart.
struct EmulatorOptions {
  AsyncCopyTime asyncCopies = AsyncCopyTime::Early;
  ThreadOrder threadOrder = ThreadOrder::Forward;
  /// Of the random order.
  uint64_t seed = 0;
  /// Whether accesses to shared memory that no barrier orders are errors.
  bool raceCheck = true;
  /// Whether accesses are grouped by warp, which gives the 32-byte sectors of global memory
  /// and the bank conflicts of ordinary accesses to shared memory. Costs time and memory.
  bool warpTraffic = false;
};

/// "async-copies=late,thread-order=random,seed=7,race-check=off,warp-traffic=on": the parts
/// are in any order, those that are missing stay as they are by default.
Result<EmulatorOptions> parseEmulatorOptions(std::string_view text);

/// All parts, in the form that parseEmulatorOptions reads.
std::string toString(const EmulatorOptions &options);

} // namespace tconv

#endif // TCONV_EMULATOR_EMULATOROPTIONS_H
