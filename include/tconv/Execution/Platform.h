//===- Platform.h - What code of GPUs runs on ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_PLATFORM_H
#define TCONV_EXECUTION_PLATFORM_H

#include "tconv/CodeGen/TargetMachine.h"
#include "tconv/Device/Device.h"
#include "tconv/Device/ProgramFile.h"
#include "tconv/Emulator/EmulatorOptions.h"

#include <functional>
#include <memory>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

/// Which device code of GPUs runs on.
struct DeviceOptions {
  /// The emulator, in place of an NVIDIA GPU of this machine.
  bool emulated = false;
  EmulatorOptions emulator;
  /// Called with what a run on the emulator did, as text.
  std::function<void(const std::string &)> reportCounters;
  /// Called now and then with how far a kernel is that takes long on the emulator.
  std::function<void(const std::string &)> reportProgress;
};

/// A device, and how kernels get onto it.
class DevicePlatform {
public:
  virtual ~DevicePlatform() = default;

  /// The device that the options ask for; unsupported if it is not there or does not run code of
  /// the target.
  static Result<std::unique_ptr<DevicePlatform>> open(const TargetOptions &target,
                                                      const DeviceOptions &options);

  virtual Device &device() = 0;
  virtual GpuArch arch() const = 0;
  /// Loads the kernels of a module that has passed the stage nvvm, and may change it.
  virtual Result<std::unique_ptr<DeviceModule>> load(mlir::ModuleOp module) = 0;
  /// Loads the image that suits the device best. Unsupported if it runs none.
  virtual Result<std::unique_ptr<DeviceModule>> load(const std::vector<CodeImage> &images);
  /// The architecture that images are chosen for: the device's own.
  virtual GpuArch deviceArch() const { return arch(); }
  /// Seconds that `work` takes on the device and, without a clock of its own, until it has ended.
  virtual Result<double> time(const std::function<Status()> &work);
  /// Called when a run has ended well.
  virtual void finishRun() {}
};

} // namespace tconv

#endif // TCONV_EXECUTION_PLATFORM_H
