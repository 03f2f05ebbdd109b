//===- DeviceState.cpp - What an emulated device consists of --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceState.h"

#include "tconv/Support/Division.h"

#include <sys/mman.h>

using namespace tconv;
using namespace tconv::emulator;

// An aligned range is somewhere within twice its size.
static constexpr uint64_t mappedBytes = 2 * DeviceState::sharedAlignment;

DeviceState::DeviceState(const EmulatorOptions &options) : options(options) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
#if defined(MAP_32BIT)
  mapping = mmap(nullptr, mappedBytes, PROT_READ | PROT_WRITE, flags | MAP_32BIT, -1, 0);
#else
  mapping = MAP_FAILED;
#endif
  if (mapping == MAP_FAILED)
    mapping = mmap(nullptr, mappedBytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (mapping == MAP_FAILED)
    return;
  auto address = reinterpret_cast<uint64_t>(mapping);
  shared = reinterpret_cast<char *>(roundUp(address, sharedAlignment));
}

DeviceState::~DeviceState() {
  if (shared)
    munmap(mapping, mappedBytes);
}
