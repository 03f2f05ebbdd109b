//===- EmulatedDevice.cpp - A GPU that runs on the CPU --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Emulator/EmulatedDevice.h"

#include "DeviceState.h"

#include <cstring>

using namespace tconv;
using emulator::DeviceState;

EmulatedDevice::EmulatedDevice(const EmulatorOptions &options)
    : state(std::make_unique<DeviceState>(options)) {}
EmulatedDevice::~EmulatedDevice() = default;

std::string EmulatedDevice::name() const { return "emulated"; }

Result<DeviceAddress> EmulatedDevice::allocate(uint64_t bytes) {
  return state->memory.allocate(bytes);
}

Status EmulatedDevice::free(DeviceAddress address) { return state->memory.free(address); }

Status EmulatedDevice::copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) {
  if (Status status = state->memory.check(to, bytes); !status)
    return status;
  memcpy(reinterpret_cast<void *>(to), from, bytes);
  return success();
}

Status EmulatedDevice::copyToHost(void *to, DeviceAddress from, uint64_t bytes) {
  if (Status status = state->memory.check(from, bytes); !status)
    return status;
  memcpy(to, reinterpret_cast<const void *>(from), bytes);
  return success();
}

Status EmulatedDevice::copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) {
  for (DeviceAddress address : {to, from})
    if (Status status = state->memory.check(address, bytes); !status)
      return status;
  memmove(reinterpret_cast<void *>(to), reinterpret_cast<const void *>(from), bytes);
  return success();
}

Status EmulatedDevice::synchronize() { return success(); }

const EmulatorOptions &EmulatedDevice::getOptions() const { return state->options; }
void EmulatedDevice::setOptions(const EmulatorOptions &options) { state->options = options; }
const EmulatorCounters &EmulatedDevice::lastLaunch() const { return state->last; }
const EmulatorCounters &EmulatedDevice::total() const { return state->total; }
const std::string &EmulatedDevice::lastAccesses() const { return state->lastAccesses; }
void EmulatedDevice::reportProgress(std::function<void(const std::string &)> report,
                                    double seconds) {
  state->progress = {.report = std::move(report), .interval = seconds, .begin = {}, .next = {}};
}
void EmulatedDevice::resetCounters() { state->last = state->total = EmulatorCounters(); }
