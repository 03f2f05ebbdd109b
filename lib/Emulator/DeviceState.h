//===- DeviceState.h - What an emulated device consists of ---- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_DEVICESTATE_H
#define TCONV_LIB_EMULATOR_DEVICESTATE_H

#include "MemoryMap.h"
#include "Progress.h"
#include "RaceDetector.h"
#include "Scheduler.h"
#include "WarpTraffic.h"

namespace tconv::emulator {

/// Counters that generated code adds to.
enum CodeCounter { FusedMultiplyAdds, Multiplications, NumCodeCounters };

class DeviceState {
public:
  /// The most that a block can have, on sm_90, and what one without opt-in can: sm_80 and up
  /// take the difference as dynamic shared memory only.
  static constexpr uint32_t maxSharedBytes = 227 << 10, maxStaticSharedBytes = 48 << 10;
  /// Descriptors of matrices hold 18 bits of an address in shared memory.
  static constexpr uint64_t sharedAlignment = 1 << 18;

  explicit DeviceState(const EmulatorOptions &options);
  ~DeviceState();

  EmulatorOptions options;
  Progress progress;
  EmulatorCounters last, total;
  std::string lastAccesses;
  uint64_t codeCounters[NumCodeCounters] = {};
  MemoryMap memory;
  Scheduler scheduler;
  RaceDetector races;
  WarpTraffic traffic;
  /// The shared memory of the block that runs: addresses below 2^32 where the system grants
  /// them, since kernels keep such addresses in 32 bits. Null if there is no memory.
  char *shared = nullptr;

private:
  void *mapping = nullptr;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_DEVICESTATE_H
