//===- Lowering.h - From a module to LLVM IR -----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The steps around `runPasses` that compiling in process and compiling to files share.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_LOWERING_H
#define TCONV_EXECUTION_LOWERING_H

#include "tconv/Execution/EntryPoint.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <memory>

namespace llvm {
class LLVMContext;
class Module;
} // namespace llvm

namespace tconv {

/// Leaves one function visible: calls are inlined, and the rest of the module need not
/// be compiled. Its inputs belong to the caller, so that it must not write to them. An
/// error if the module has what cannot be compiled.
Status makeEntry(mlir::ModuleOp module, mlir::func::FuncOp entry);

/// The arguments marked tconv.constant, by number.
std::vector<size_t> constantInputs(mlir::func::FuncOp function);

/// A module in LLVM IR.
struct LoweredModule {
  std::unique_ptr<llvm::Module> code;
  /// The name of the function that packs filters, and the bytes of each that it gives:
  /// none if there is no such function.
  std::string packFunction;
  std::vector<int64_t> packedBytes;
};

/// Translates a module on which all passes have run.
Result<LoweredModule> translateToLLVM(mlir::ModuleOp module, const EntryPoint &entry,
                                      llvm::LLVMContext &context);

/// Hides the functions of a module but for `visible`, so that none takes the place of a
/// function of the C library or of the runtime that has the same name.
void hideFunctions(llvm::Module &module, llvm::ArrayRef<llvm::StringRef> visible);

} // namespace tconv

#endif // TCONV_EXECUTION_LOWERING_H
