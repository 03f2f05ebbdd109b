//===- Compiler.h - From a module to code --------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_COMPILER_H
#define TCONV_CODEGEN_COMPILER_H

#include "tconv/CodeGen/TargetMachine.h"
#include "tconv/Device/ProgramFile.h"
#include "tconv/Entry/EntryPoint.h"

#include <functional>

namespace llvm {
class MemoryBuffer;
} // namespace llvm
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
  TargetOptions target;
  /// Whether code for a processor is kept in the user's cache, and taken from there, which
  /// skips the passes and what they would print.
  bool cache = false;
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

/// Leaves one function of its module visible: calls are inlined, and the rest need not be
/// compiled. Its inputs belong to the caller, so that it must not write to them. An error
/// if the module has what cannot be compiled.
Status makeEntry(const EntryFunction &entry);

/// The options of the pipeline for a module.
void setPipeline(mlir::tconv::PipelineOptions &pipeline, mlir::ModuleOp module,
                 const CompileOptions &options);

/// Runs the passes up to a stage. What is wrong with the module is emitted as MLIR diagnostics,
/// and summarised in the error: here and below.
Status runPasses(mlir::ModuleOp module, const CompileOptions &options, mlir::tconv::Stage last);

/// Compiles a function for a processor to an object file with the symbols of Translate.h, and says
/// how long the passes took and whether it was cached; the rest of `times` is not touched. Leaves
/// the module as makeEntry does, or in the stage llvm.
Result<std::unique_ptr<llvm::MemoryBuffer>> compileObject(const EntryFunction &entry,
                                                          const CompileOptions &options,
                                                          llvm::TargetMachine &machine,
                                                          CompileTimes &times);

/// Compiles a function to a program for GPUs, and leaves the module in the stage nvvm.
Result<Program> compileProgram(const EntryFunction &entry, const CompileOptions &options);

} // namespace tconv

#endif // TCONV_CODEGEN_COMPILER_H
