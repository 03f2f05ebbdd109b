//===- Session.h - A context and what it says ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CAPI_SESSION_H
#define TCONV_LIB_CAPI_SESSION_H

#include "tconv/Support/Result.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>

namespace tconv {

/// One module, with a context of its own, which starts no threads, and what has been said of it.
class Session {
public:
  Session();

  /// Parses a module.
  Result<mlir::OwningOpRef<mlir::ModuleOp>> parse(llvm::StringRef text);

  /// The error with the diagnostics that led to it, a line each.
  Error explain(const Error &error) const;

  mlir::MLIRContext &getContext() { return context; }

  /// A line for each remark.
  const std::string &remarks() const { return remarkLines; }

private:
  mlir::LogicalResult keep(mlir::Diagnostic &diagnostic);

  mlir::MLIRContext context;
  mlir::ScopedDiagnosticHandler handler;
  std::string errorLines, remarkLines;
};

} // namespace tconv

#endif // TCONV_LIB_CAPI_SESSION_H
