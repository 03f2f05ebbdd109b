//===- TargetMachine.h - The processor that code is made for ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_TARGETMACHINE_H
#define TCONV_CODEGEN_TARGETMACHINE_H

#include "tconv/Support/Result.h"

#include <memory>
#include <string>

namespace llvm {
class TargetMachine;
} // namespace llvm

namespace tconv {

/// The processor that code is made for, of this machine's architecture.
struct TargetOptions {
  /// A processor as LLVM calls it, like "znver4"; empty or "host": this machine's.
  std::string cpu;
};

/// LLVM's code generator for a processor, for position-independent code. An error if
/// LLVM knows no such processor.
Result<std::unique_ptr<llvm::TargetMachine>> createTargetMachine(const TargetOptions &options);

/// Unsupported if this machine lacks instructions that the code of `machine` may use.
Status checkRunsHere(const llvm::TargetMachine &machine);

} // namespace tconv

#endif // TCONV_CODEGEN_TARGETMACHINE_H
