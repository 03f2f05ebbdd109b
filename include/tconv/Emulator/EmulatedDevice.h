//===- EmulatedDevice.h - A GPU that runs on the CPU ---------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs kernels that were compiled for it one thread after the other, and checks what they do:
// each access to memory, what threads wait for, and data that is used before a barrier or a
// wait makes it visible. An error of a kernel is what DeviceModule::launch returns; the
// device can be used on.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_EMULATEDDEVICE_H
#define TCONV_EMULATOR_EMULATEDDEVICE_H

#include "tconv/Device/Device.h"
#include "tconv/Emulator/EmulatorCounters.h"
#include "tconv/Emulator/EmulatorOptions.h"

#include <functional>
#include <memory>
#include <string>

namespace tconv {

namespace emulator {
class DeviceState;
} // namespace emulator

class EmulatedDevice : public Device {
public:
  explicit EmulatedDevice(const EmulatorOptions &options = {});
  ~EmulatedDevice() override;

  std::string name() const override;
  Result<DeviceAddress> allocate(uint64_t bytes) override;
  Status free(DeviceAddress address) override;
  Status copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) override;
  Status copyToHost(void *to, DeviceAddress from, uint64_t bytes) override;
  Status copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) override;
  Result<TensorMap> encodeTensorMap(const TensorMapDescription &description) override;
  Status synchronize() override;

  const EmulatorOptions &getOptions() const;
  void setOptions(const EmulatorOptions &options);

  /// Of the last launch, and of all since the start or the last reset.
  const EmulatorCounters &lastLaunch() const;
  const EmulatorCounters &total() const;
  void resetCounters();
  /// Of the last launch, a line for each op that accessed memory: how often, by how many
  /// threads, and what it cost. Empty without EmulatorOptions::warpTraffic.
  const std::string &lastAccesses() const;

  /// Has launches that take long say how far they are: "kernel conv: 300 of 1024 blocks after 10
  /// s", first after `seconds` and then as often.
  void reportProgress(std::function<void(const std::string &)> report, double seconds = 5);

  /// For the makers of modules, see EmulatedCode.h.
  emulator::DeviceState &getState() { return *state; }

private:
  std::unique_ptr<emulator::DeviceState> state;
};

} // namespace tconv

#endif // TCONV_EMULATOR_EMULATEDDEVICE_H
