//===- RunProgramFile.cpp - Running a program from a file -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Execution/Device/DeviceCode.h"
#include "RunFiles.h"

#include "tconv/Run/Timing.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace tconv;

static Result<std::vector<ProgramFile>> readFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return Error{path + ": " + buffer.getError().message()};
  Result<std::vector<ProgramFile>> file = readProgramFile((*buffer)->getBuffer());
  if (!file)
    return Error{path + ": " + file.message(), file.error().unsupported};
  return file;
}

Result<Executable> Executable::load(std::vector<ProgramFile> programs,
                                    const PlatformOptions &options) {
  Result<std::unique_ptr<DevicePlatform>> platform = DevicePlatform::open(options);
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

Status tconv::runProgramFile(const RunFiles &files, const RunOptions &options, RunStreams streams) {
  if (options.stopAfter || options.check)
    return Error{"expected neither --stop-after nor --check with a compiled program"};
  Result<std::vector<ProgramFile>> file = readFile(files.module);
  if (!file)
    return file.error();
  Result<Executable> executable = Executable::load(std::move(*file), options.compile.platform);
  if (!executable)
    return executable.error();
  const EntryPoint &entry = executable->entryPoint();
  Result<std::vector<HostTensor>> inputs = readInputs(entry, files, options);
  if (!inputs)
    return inputs.error();
  if (Status status = checkFiles(entry, files, *inputs); !status)
    return status;
  Result<std::vector<HostTensor>> results = executable->run(*inputs);
  if (!results)
    return results.error();
  if (Status status = writeOutputs(files, *results, streams.out); !status)
    return status;
  if (!options.timedRuns)
    return success();
  return reportTiming(*executable, nullptr, *inputs, *options.timedRuns, streams.log);
}
