//===- EmulatedCode.h - Kernels compiled for the emulator ----- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_EMULATEDCODE_H
#define TCONV_EMULATOR_EMULATEDCODE_H

#include "tconv/Emulator/EmulatedDevice.h"
#include "tconv/Emulator/Site.h"

#include <functional>

namespace tconv {

/// A range of shared memory, in bytes from its start.
struct EmulatedShared {
  std::string name;
  uint32_t offset = 0, bytes = 0;
};

/// A variable of a module in global or constant memory.
struct EmulatedVariable {
  std::string name;
  void *address = nullptr;
  uint64_t bytes = 0;
};

struct EmulatedKernel {
  std::string name;
  /// Runs one thread, with the words of each parameter one behind the other.
  void (*entry)(const uint64_t *arguments) = nullptr;
  std::vector<uint32_t> parameterBytes;
  /// The variables in shared memory that the kernel uses, and where its dynamic shared
  /// memory starts.
  std::vector<EmulatedShared> shared;
  uint32_t dynamicSharedOffset = 0;
  /// Threads that a block may have, or must have in each dimension if not 0.
  uint32_t maxThreads = 1024;
  std::array<uint32_t, 3> requiredThreads{0, 0, 0};
};

/// A module in machine code.
struct EmulatedCode {
  std::vector<EmulatedKernel> kernels;
  std::vector<EmulatedVariable> variables;
  std::vector<Site> sites;
  /// Keeps the code and the texts of the sites alive.
  std::shared_ptr<void> owner;
};

/// Kernels for launches on `device`, which outlives them. The addresses of `code.sites` are
/// those that the code uses, hence the vector is not copied.
std::unique_ptr<DeviceModule> createEmulatedModule(EmulatedDevice &device, EmulatedCode code);

/// Where the shared memory of a block starts, the same for all blocks of the device.
void *getSharedMemory(EmulatedDevice &device);
/// The counters that compiled code adds to: fused multiply-adds, then multiplications.
uint64_t *getCodeCounters(EmulatedDevice &device);

} // namespace tconv

#endif // TCONV_EMULATOR_EMULATEDCODE_H
