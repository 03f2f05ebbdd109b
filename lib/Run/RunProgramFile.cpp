//===- RunProgramFile.cpp - Running a program from a file -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

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

Status tconv::runProgramFile(const RunFiles &files, const RunOptions &options, RunStreams streams) {
  if (options.stopAfter || options.check)
    return Error{"expected neither --stop-after nor --check with a compiled program"};
  Result<std::vector<ProgramFile>> file = readFile(files.module);
  if (!file)
    return file.error();
  Result<Executable> executable =
      Executable::load(std::move(*file), options.compile.target, options.device);
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
