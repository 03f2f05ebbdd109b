//===- ReadModule.h - Modules from files ---------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_ENTRY_READMODULE_H
#define TCONV_ENTRY_READMODULE_H

#include "tconv/Support/Result.h"

#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace mlir {
class MLIRContext;
class ModuleOp;
} // namespace mlir

namespace tconv {

/// The module of a file, "-" for standard input, as it is written there. Dialects that are
/// not registered are read in generic form.
Result<mlir::OwningOpRef<mlir::ModuleOp>> parseModule(mlir::MLIRContext &context,
                                                      const std::string &path);

/// Turns the layers of linalg, TOSA, StableHLO and torch into tconv's, if the module has
/// any ops of these; unsupported if one is left that no pass knows.
Status raiseModule(mlir::ModuleOp module);

/// Both.
Result<mlir::OwningOpRef<mlir::ModuleOp>> readModule(mlir::MLIRContext &context,
                                                     const std::string &path);
/// The same for a text; messages call it `name`.
Result<mlir::OwningOpRef<mlir::ModuleOp>>
readModuleText(mlir::MLIRContext &context, llvm::StringRef text, llvm::StringRef name);

} // namespace tconv

#endif // TCONV_ENTRY_READMODULE_H
