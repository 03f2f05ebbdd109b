//===- Compilers.h - Code for the processor and for devices --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_COMPILERS_H
#define TCONV_LIB_EXECUTION_COMPILERS_H

#include "tconv/Execution/Compiler.h"

namespace tconv {

/// A function that is compiled: `packInputs` are those marked tconv.constant.
struct EntryFunction {
  mlir::ModuleOp module;
  EntryPoint entry;
  std::vector<uint32_t> packInputs;
};

/// Makes a function the entry of its module.
Result<EntryFunction> prepareEntry(mlir::ModuleOp module, mlir::FunctionOpInterface function);

/// The same as compileProgram.
Result<Program> lowerToProgram(const EntryFunction &function, const CompileOptions &options);

/// Seconds since some moment.
double now();

/// Compiles an entry function, and says how long the passes took and whether it was cached.
/// The rest of `times` is not touched.
Result<std::unique_ptr<Code>> compileForHost(const EntryFunction &function,
                                             const CompileOptions &options, CompileTimes &times);
Result<std::unique_ptr<Code>> compileForDevice(const EntryFunction &function,
                                               const CompileOptions &options, CompileTimes &times);

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_COMPILERS_H
