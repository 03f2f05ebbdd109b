//===- Compiler.h - From a module to something that runs -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_COMPILER_H
#define TCONV_EXECUTION_COMPILER_H

#include "tconv/CodeGen/TargetMachine.h"
#include "tconv/Device/ProgramFile.h"
#include "tconv/Entry/EntryPoint.h"
#include "tconv/Execution/Code.h"
#include "tconv/Execution/Platform.h"
#include "tconv/Pipelines/Pipelines.h"

#include <functional>

namespace mlir {
class PassManager;
} // namespace mlir

namespace tconv {

struct CompileOptions {
  mlir::tconv::Algorithm algorithm = mlir::tconv::Algorithm::Auto;
  /// 1 compiles without any threading; other numbers, and 0 for the default, differ
  /// only when the code runs.
  int threads = 1;
  /// Called with the pass manager before it runs, for a tool's own settings of it.
  std::function<llvm::LogicalResult(mlir::PassManager &)> configurePasses;
  /// The processor that code is made for.
  TargetOptions target;
  /// Whether compiled code is kept in the user's cache, and taken from there, which
  /// skips the passes and what they would print.
  bool cache = false;
  /// What code is made for and runs on; `target` and `cache` are only for the CPU.
  PlatformOptions platform;
  /// The sizes that schedules are chosen for where they are dynamic: the batch, then the spatial
  /// ones.
  std::vector<int64_t> sizesHint;
};

/// Seconds spent in the two halves of compilation; the first is nothing, and the
/// second loading, if the code was `cached`.
struct CompileTimes {
  double passes = 0;
  double codegen = 0;
  bool cached = false;
};

/// A compiled entry function.
class Executable {
public:
  /// Compiles one function of a module, whose passes change the module. What is
  /// wrong with the module is emitted as MLIR diagnostics, and summarised in the
  /// error.
  static Result<Executable> compile(mlir::ModuleOp module, mlir::FunctionOpInterface entry,
                                    const CompileOptions &options);

  /// Loads a compiled program onto a GPU.
  static Result<Executable> load(std::vector<ProgramFile> programs, const PlatformOptions &options);

  /// Tensors to hold the results of `run`: of the right sizes if those are all static,
  /// and otherwise empty ones, which `run` replaces.
  Result<std::vector<HostTensor>> allocateOutputs() const;

  /// Whether inputs marked tconv.constant are packed before the function runs.
  bool hasPacking() const { return !code->packedBytes().empty(); }
  /// Packs the inputs marked tconv.constant: once, for any number of runs with the same
  /// values of them. All inputs are given; the others are not looked at.
  Result<std::vector<HostTensor>> pack(const std::vector<HostTensor> &inputs) const;
  /// The same into tensors of bytes, of the sizes that the former gives.
  Status pack(const std::vector<HostTensor> &inputs, std::vector<HostTensor> &packed) const;
  /// Runs the function as below, with filters that `pack` gave.
  Status run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
             std::vector<HostTensor> &outputs) const;

  /// Runs the function, from `inputs` to `outputs` as `allocateOutputs` makes them. If
  /// all results have static sizes, they are written in place: no tensor is allocated
  /// or copied. Shapes and types are checked first; sizes that turn out to contradict
  /// each other and a lack of memory are errors too, after which the outputs hold
  /// anything. Safe to call from several threads.
  Status run(const std::vector<HostTensor> &inputs, std::vector<HostTensor> &outputs) const;

  /// The same with outputs of its own.
  Result<std::vector<HostTensor>> run(const std::vector<HostTensor> &inputs) const;

  /// Prepares runs with these inputs, which outlive them, to be timed.
  Result<std::unique_ptr<PreparedRun>> prepare(const std::vector<HostTensor> &inputs) const;

  const EntryPoint &entryPoint() const { return entry; }
  /// The numbers of the inputs marked tconv.constant, in ascending order.
  const std::vector<uint32_t> &constantInputs() const { return constants; }
  const CompileTimes &times() const { return compileTimes; }
  /// On what it runs, for people.
  std::string where() const { return code->where(); }

private:
  Executable(EntryPoint entry, std::vector<uint32_t> constants, std::unique_ptr<Code> code,
             CompileTimes times)
      : entry(std::move(entry)), constants(std::move(constants)), code(std::move(code)),
        compileTimes(times) {}

  EntryPoint entry;
  std::vector<uint32_t> constants;
  std::unique_ptr<Code> code;
  CompileTimes compileTimes;
};

/// Compiles one function of a module to a program, and leaves the module in the stage nvvm. What is
/// wrong with it is emitted as MLIR diagnostics, and summarised in the error.
Result<Program> compileProgram(mlir::ModuleOp module, mlir::func::FuncOp entry,
                               const CompileOptions &options);

/// Leaves one function of a module visible: calls are inlined, and the rest need not be
/// compiled. Its inputs belong to the caller, so that it must not write to them. An error
/// if the module has what cannot be compiled.
Status makeEntry(mlir::ModuleOp module, mlir::FunctionOpInterface entry);

/// The options of the pipeline for a module.
void setPipeline(mlir::tconv::PipelineOptions &pipeline, mlir::ModuleOp module,
                 const CompileOptions &options);

/// Runs the passes up to a stage.
Status runPasses(mlir::ModuleOp module, const CompileOptions &options, mlir::tconv::Stage last);

} // namespace tconv

#endif // TCONV_EXECUTION_COMPILER_H
