//===- DeviceCompiler.cpp - From a module to a program on a device --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Compilers.h"
#include "../LoweringFailures.h"
#include "DeviceCode.h"

#include "tconv/CodeGen/Translatable.h"
#include "tconv/CodeGen/TranslateProgram.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/BuiltinOps.h"

using namespace tconv;

Result<Program> tconv::lowerToProgram(const EntryFunction &function,
                                      const CompileOptions &options) {
  mlir::ModuleOp module = function.module;
  SourceOps source(module);
  if (Status status = runPasses(module, options, mlir::tconv::Stage::NVVM); !status)
    return status.error();
  for (auto kernels : module.getOps<mlir::gpu::GPUModuleOp>())
    if (Status status = checkTranslatable(kernels); !status)
      return source.name(status.error());
  Result<Program> program = translateProgram(module, function.entry, function.packInputs);
  return program ? std::move(program) : source.name(program.error());
}

Result<Program> tconv::compileProgram(mlir::ModuleOp module, mlir::func::FuncOp entry,
                                      const CompileOptions &options) {
  Result<EntryFunction> function = prepareEntry(module, entry);
  if (!function)
    return function.error();
  return lowerToProgram(*function, options);
}

Result<std::unique_ptr<Code>> tconv::compileForDevice(const EntryFunction &function,
                                                      const CompileOptions &options,
                                                      CompileTimes &times) {
  Result<std::unique_ptr<DevicePlatform>> platform = DevicePlatform::open(options.platform);
  if (!platform)
    return platform.error();
  CompileOptions compile = options;
  compile.platform.arch = (*platform)->arch();
  double start = now();
  Result<Program> program = lowerToProgram(function, compile);
  if (!program)
    return program.error();
  times.passes = now() - start;
  // Something without layers may launch nothing.
  Result<std::unique_ptr<DeviceModule>> kernels = std::unique_ptr<DeviceModule>();
  if (!program->kernels.empty())
    kernels = (*platform)->load(function.module);
  if (!kernels)
    return kernels.error();
  auto loaded =
      LoadedProgram::load(std::move(*program), (*platform)->device(), std::move(*kernels));
  if (!loaded)
    return loaded.error();
  return std::unique_ptr<Code>(
      std::make_unique<DeviceCode>(std::move(*platform), std::move(*loaded)));
}
