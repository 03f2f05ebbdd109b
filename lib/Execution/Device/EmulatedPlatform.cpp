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
  EmulatedPlatform(const TargetOptions &target, const DeviceOptions &options)
      : target(target.arch.value_or(GpuArch{8, 0, false})), reportCounters(options.reportCounters),
        emulator(options.emulator) {
    emulator.reportProgress(options.reportProgress);
  }

  using DevicePlatform::load;
  Device &device() override { return emulator; }
  GpuArch arch() const override { return target; }
  Result<std::unique_ptr<DeviceModule>> load(mlir::ModuleOp module) override {
    return loadEmulatedModule(emulator, module);
  }
  void finishRun() override {
    if (reportCounters)
      reportCounters(toString(emulator.total()));
    emulator.resetCounters();
  }

private:
  GpuArch target;
  std::function<void(const std::string &)> reportCounters;
  EmulatedDevice emulator;
};

} // namespace

std::unique_ptr<DevicePlatform> tconv::createEmulatedPlatform(const TargetOptions &target,
                                                              const DeviceOptions &options) {
  return std::make_unique<EmulatedPlatform>(target, options);
}
