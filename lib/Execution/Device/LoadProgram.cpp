//===- LoadProgram.cpp - Compiled programs onto a device ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceCode.h"

#include "tconv/Execution/Executable.h"

using namespace tconv;

Result<Executable> Executable::load(std::vector<ProgramFile> programs, const TargetOptions &target,
                                    const DeviceOptions &device) {
  Result<std::unique_ptr<DevicePlatform>> platform = DevicePlatform::open(target, device);
  if (!platform)
    return platform.error();
  Result<ProgramFile> chosen = chooseProgram(std::move(programs), (*platform)->deviceArch());
  if (!chosen)
    return chosen.error();
  ProgramFile &file = *chosen;
  const Function &function = file.program.entry;
  EntryPoint entry{function.name, function.inputs, function.results, !function.takesOutputs};
  std::vector<uint32_t> constants = file.program.packInputs;
  Result<std::unique_ptr<DeviceModule>> kernels = std::unique_ptr<DeviceModule>();
  if (!file.program.kernels.empty())
    kernels = (*platform)->load(file.images);
  if (!kernels)
    return kernels.error();
  auto loaded =
      LoadedProgram::load(std::move(file.program), (*platform)->device(), std::move(*kernels));
  if (!loaded)
    return loaded.error();
  auto code = std::make_unique<DeviceCode>(std::move(*platform), std::move(*loaded));
  return Executable(std::move(entry), std::move(constants), std::move(code), {});
}
