//===- ToolOptions.h - What the mains of the tools share -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Flags that several tools have are declared here, once; a tool's own stand in its main.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TOOLS_FLAGS_TOOLOPTIONS_H
#define TCONV_TOOLS_FLAGS_TOOLOPTIONS_H

#include "tconv/CodeGen/TargetMachine.h"

#include "llvm/Support/CommandLine.h"

namespace mlir {
class MLIRContext;
} // namespace mlir

namespace tconv {

/// Exit statuses of the tools.
enum ExitStatus : int { Done = 0, Invalid = 1, Unsupported = 77 };

/// The flag of tools that compile layers.
struct AlgorithmFlag : llvm::cl::opt<mlir::tconv::Algorithm> {
  explicit AlgorithmFlag(llvm::cl::OptionCategory &category);
};

/// The flags of tools that compile a module's function.
struct ModuleFlags {
  explicit ModuleFlags(llvm::cl::OptionCategory &category);

  /// The target as far as these flags say it.
  TargetOptions target() const;

  AlgorithmFlag algorithm;
  llvm::cl::opt<std::string> entry;
  llvm::cl::opt<std::string> targetCpu;
  llvm::cl::opt<std::string> ptxas;
  llvm::cl::opt<bool> allowTf32;
  llvm::cl::opt<bool> remarks;
};

/// Takes away the code generator's options, which the shared libLLVM registers
/// whether wanted or not, some under names that are ours. To be called before any
/// option of a tool is made.
void removeCodegenOptions();

/// Makes the options of MLIR's pass manager, context and printer, which only --help-hidden shows.
void registerMLIROptions();

/// A context of all dialects, for one thread; with `remarks`, those of tconv's passes are printed
/// as they are made.
std::unique_ptr<mlir::MLIRContext> createContext(bool remarks);

/// Reports how a tool ended, and gives its exit status.
int finish(llvm::StringRef tool, const Status &status);

} // namespace tconv

#endif // TCONV_TOOLS_FLAGS_TOOLOPTIONS_H
