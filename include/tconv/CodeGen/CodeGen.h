//===- CodeGen.h - From LLVM IR to an object file ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_CODEGEN_H
#define TCONV_CODEGEN_CODEGEN_H

#include "tconv/Support/Result.h"

#include "llvm/Support/CodeGen.h"

#include <memory>

namespace llvm {
class MemoryBuffer;
class Module;
class TargetMachine;
} // namespace llvm

namespace tconv {

/// Optimises a module for a processor. If each function with a loop is a kernel, a light
/// pipeline of scalar clean-up does; otherwise LLVM's O2, which vectorises and costs
/// several times as much.
Status optimizeModule(llvm::Module &module, llvm::TargetMachine &machine);

/// The code of a module as an object file, or as assembly, in memory.
Result<std::unique_ptr<llvm::MemoryBuffer>>
emitCode(llvm::Module &module, llvm::TargetMachine &machine, llvm::CodeGenFileType type);

/// Both, to an object file.
Result<std::unique_ptr<llvm::MemoryBuffer>> generateObject(llvm::Module &module,
                                                           llvm::TargetMachine &machine);

} // namespace tconv

#endif // TCONV_CODEGEN_CODEGEN_H
