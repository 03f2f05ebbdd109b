//===- DeviceCompiler.cpp - From a module to a program on a device --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Compilers.h"
#include "DeviceCode.h"

#include "tconv/Execution/TranslateProgram.h"

#include "mlir/IR/BuiltinOps.h"

using namespace tconv;

Result<std::unique_ptr<Code>> tconv::compileForDevice(const EntryFunction &function,
                                                      const CompileOptions &options,
                                                      CompileTimes &times) {
  Result<std::unique_ptr<DevicePlatform>> platform = DevicePlatform::open(options.platform);
  if (!platform)
    return platform.error();
  CompileOptions compile = options;
  compile.platform.arch = (*platform)->arch();
  double start = now();
  if (Status status = runPasses(function.module, compile, mlir::tconv::Stage::NVVM); !status)
    return status.error();
  Result<Program> program = translateProgram(function.module, function.entry, function.packInputs);
  if (!program)
    return program.error();
  times.passes = now() - start;
  Result<std::unique_ptr<DeviceModule>> kernels = (*platform)->load(function.module);
  if (!kernels)
    return kernels.error();
  auto loaded =
      LoadedProgram::load(std::move(*program), (*platform)->device(), std::move(*kernels));
  if (!loaded)
    return loaded.error();
  return std::unique_ptr<Code>(
      std::make_unique<DeviceCode>(std::move(*platform), std::move(*loaded)));
}
