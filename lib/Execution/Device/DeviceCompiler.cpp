//===- DeviceCompiler.cpp - From a module to a program on a device --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Compilers.h"
#include "DeviceCode.h"

#include "mlir/IR/BuiltinOps.h"

#include <chrono>

using namespace tconv;

Result<std::unique_ptr<Code>> tconv::compileForDevice(const EntryFunction &entry,
                                                      const CompileOptions &options,
                                                      const DeviceOptions &device,
                                                      CompileTimes &times) {
  Result<std::unique_ptr<DevicePlatform>> platform = DevicePlatform::open(options.target, device);
  if (!platform)
    return platform.error();
  CompileOptions compile = options;
  compile.target.arch = (*platform)->arch();
  auto start = std::chrono::steady_clock::now();
  Result<Program> program = compileProgram(entry, compile);
  if (!program)
    return program.error();
  times.passes = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  // Something without layers may launch nothing.
  Result<std::unique_ptr<DeviceModule>> kernels = std::unique_ptr<DeviceModule>();
  if (!program->kernels.empty())
    kernels = (*platform)->load(entry.module);
  if (!kernels)
    return kernels.error();
  auto loaded =
      LoadedProgram::load(std::move(*program), (*platform)->device(), std::move(*kernels));
  if (!loaded)
    return loaded.error();
  return std::unique_ptr<Code>(
      std::make_unique<DeviceCode>(std::move(*platform), std::move(*loaded)));
}
