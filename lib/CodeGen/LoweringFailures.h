//===- LoweringFailures.h - What was not lowered -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CODEGEN_LOWERINGFAILURES_H
#define TCONV_LIB_CODEGEN_LOWERINGFAILURES_H

#include "tconv/Support/Result.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/OperationSupport.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/DenseMap.h"

#include <atomic>
#include <mutex>

namespace tconv {

/// The ops that a module has before it is lowered, by their places in the text, which what they
/// become keeps. While this lives, it notes where the first error is.
class SourceOps {
public:
  explicit SourceOps(mlir::ModuleOp module);

  /// An error with the name of the op that is not supported, if it is known.
  Error name(const Error &error) const;

private:
  llvm::DenseMap<mlir::Location, mlir::OperationName> names;
  std::mutex mutex; // for what passes on several threads report
  std::optional<mlir::Location> place;
  mlir::ScopedDiagnosticHandler handler;
};

/// Watches passes run on a module. One of tconv's fails if the module is wrong, or marks an op that
/// nothing lowers (tconv/IR/Unsupported.h); one of upstream's, only if it does not lower something.
class PassFailures {
public:
  PassFailures(mlir::ModuleOp module, mlir::PassManager &manager);

  /// What to say after a failure.
  Error describe() const;

private:
  class Watcher;

  mlir::ModuleOp module;
  SourceOps source;
  std::atomic<bool> failedUpstream = false;
};

} // namespace tconv

#endif // TCONV_LIB_CODEGEN_LOWERINGFAILURES_H
