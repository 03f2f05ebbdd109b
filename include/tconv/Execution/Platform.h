//===- Platform.h - What code is made for and runs on --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_PLATFORM_H
#define TCONV_EXECUTION_PLATFORM_H

#include "tconv/Device/Device.h"
#include "tconv/Device/ProgramFile.h"
#include "tconv/Emulator/EmulatorOptions.h"
#include "tconv/Pipelines/Pipelines.h"

#include <functional>
#include <memory>
#include <optional>

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace tconv {

/// This machine's processor, an NVIDIA GPU, or the emulator of one.
enum class Platform { Cpu, Cuda, Emulated };

struct PlatformOptions {
  Platform platform = Platform::Cpu;
  /// The architecture that kernels are made for; nothing for the GPU's own, or sm_80 where there
  /// is none.
  std::optional<GpuArch> arch;
  /// NVIDIA's assembler; empty for the one of CUDA_HOME or PATH, if there is one.
  std::string ptxas;
  /// Whether tensor cores may multiply f32, of whose fractions they read 10 bits.
  bool allowTf32 = false;
  EmulatorOptions emulator;
  /// Called with what a run on the emulator did, as text.
  std::function<void(const std::string &)> reportCounters;
  /// Called now and then with how far a kernel is that takes long on the emulator.
  std::function<void(const std::string &)> reportProgress;

  mlir::tconv::Target target() const {
    return platform == Platform::Cpu ? mlir::tconv::Target::Cpu : mlir::tconv::Target::Cuda;
  }
};

/// A device, and how kernels get onto it.
class DevicePlatform {
public:
  virtual ~DevicePlatform() = default;

  /// The device that the options ask for; unsupported if it is not there.
  static Result<std::unique_ptr<DevicePlatform>> open(const PlatformOptions &options);

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
