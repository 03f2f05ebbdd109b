//===- Compilers.h - Code for the processor and for devices --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_COMPILERS_H
#define TCONV_LIB_EXECUTION_COMPILERS_H

#include "tconv/CodeGen/Compiler.h"
#include "tconv/Execution/Code.h"
#include "tconv/Execution/Platform.h"

namespace tconv {

/// Compile an entry function, and say how long the passes took and whether it was cached. The rest
/// of `times` is not touched.
Result<std::unique_ptr<Code>> compileForHost(const EntryFunction &entry,
                                             const CompileOptions &options, CompileTimes &times);
Result<std::unique_ptr<Code>> compileForDevice(const EntryFunction &entry,
                                               const CompileOptions &options,
                                               const DeviceOptions &device, CompileTimes &times);

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_COMPILERS_H
