//===- EmulatedPlatform.cpp - Programs on the emulator --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Platforms.h"

#include "tconv/Emulator/EmulatedDevice.h"
#include "tconv/Execution/EmulatedModule.h"

#include "mlir/IR/BuiltinOps.h"

using namespace tconv;

namespace {

class EmulatedPlatform : public DevicePlatform {
public:
  explicit EmulatedPlatform(const PlatformOptions &options)
      : options(options), emulator(options.emulator) {
    emulator.reportProgress(options.reportProgress);
  }

  using DevicePlatform::load;
  Device &device() override { return emulator; }
  GpuArch arch() const override { return options.arch.value_or(GpuArch{8, 0, false}); }
  Result<std::unique_ptr<DeviceModule>> load(mlir::ModuleOp module) override {
    return loadEmulatedModule(emulator, module);
  }
  void finishRun() override {
    if (options.reportCounters)
      options.reportCounters(toString(emulator.total()));
    emulator.resetCounters();
  }

private:
  PlatformOptions options;
  EmulatedDevice emulator;
};

} // namespace

std::unique_ptr<DevicePlatform> tconv::createEmulatedPlatform(const PlatformOptions &options) {
  return std::make_unique<EmulatedPlatform>(options);
}
