//===- Driver.cpp - What tconv-run does ------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whatever can be found wrong before compilation is: the file, the entry, the inputs and the
// sizes that follow from them. A copy of the module is compiled, as passes change it and the
// reference needs the layers as they were.
//
//===----------------------------------------------------------------------===//

#include "tconv/Run/Driver.h"

#include "RunFiles.h"

#include "tconv/CodeGen/GpuCode.h"
#include "tconv/Entry/ReadModule.h"
#include "tconv/Entry/ShapeCheck.h"
#include "tconv/Execution/Check.h"
#include "tconv/IR/Signature.h"
#include "tconv/Run/Timing.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/Path.h"
#include "llvm/Target/TargetMachine.h"

using namespace tconv;

namespace {

/// The text that a string attribute shows with escapes only.
void printAsComment(llvm::StringRef text, llvm::raw_ostream &out) {
  for (llvm::StringRef line : llvm::split(text.rtrim('\n'), '\n'))
    out << "// " << line << "\n";
}

Status printStage(mlir::ModuleOp module, const RunOptions &options, llvm::raw_ostream &out) {
  if (auto machine = createTargetMachine(options.compile.target); !machine)
    return machine.error();
  if (Status status = runPasses(module, options.compile, *options.stopAfter); !status)
    return status;
  out << module << "\n";
  for (const std::string &text : collectPTX(module))
    printAsComment(text, out);
  return success();
}

} // namespace

Status tconv::run(mlir::MLIRContext &context, const RunFiles &files, const RunOptions &options,
                  RunStreams streams) {
  if (llvm::sys::path::extension(files.module) == ".tcgpu")
    return runProgramFile(files, options, streams);
  Result<mlir::OwningOpRef<mlir::ModuleOp>> read = parseModule(context, files.module);
  if (!read)
    return read.error();
  mlir::OwningOpRef<mlir::ModuleOp> module = std::move(*read);
  if (options.stopAfter)
    return printStage(*module, options, streams.out);
  if (Status status = raiseModule(*module); !status)
    return status;

  Result<EntryFunction> entry = findEntryOfAnyStage(*module, options.entry);
  if (!entry)
    return entry.error();
  Result<std::vector<HostTensor>> inputs = readInputs(entry->entry, files, options);
  if (!inputs)
    return inputs.error();
  if (Status status = checkFiles(entry->entry, files, *inputs); !status)
    return status;
  // Where kernels are launched there are buffers, and layers no longer.
  mlir::func::FuncOp onTensors = entry->onTensors();
  if (options.check && !onTensors)
    return unsupported("--check takes functions on tensors, got one that has passed a stage");
  Status shapes = onTensors ? checkShapes(onTensors, *inputs) : success();
  if (!shapes)
    return shapes;

  mlir::OwningOpRef<mlir::ModuleOp> lowered;
  Result<Executable> executable =
      Executable::compile(entry->copyTo(lowered), options.compile, options.device);
  if (!executable)
    return executable.error();
  Result<std::vector<HostTensor>> results = executable->run(*inputs);
  if (!results)
    return results.error();
  if (options.check) {
    Result<std::string> verdict =
        checkAgainstReference(onTensors, *inputs, *results, options.compile);
    if (!verdict)
      return verdict.error();
    streams.log << "check: " << *verdict << "\n";
  }
  if (Status status = writeOutputs(files, *results, streams.out); !status)
    return status;
  if (options.timedRuns)
    return reportTiming(*executable, onTensors, *inputs, *options.timedRuns, streams.log);
  return success();
}
