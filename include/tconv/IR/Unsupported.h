//===- Unsupported.h - What nothing lowers -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_UNSUPPORTED_H
#define TCONV_IR_UNSUPPORTED_H

#include "mlir/IR/Diagnostics.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace mlir::tconv {

/// An error at an op that is not wrong, but has no lowering. It is marked, so that who ran the
/// pass can tell.
InFlightDiagnostic emitUnsupported(Operation *op);

/// The same where upstream has reported it.
void markUnsupported(Operation *op);

/// Whether an op of a module, or the module itself, was marked.
bool holdsUnsupported(ModuleOp module);

} // namespace mlir::tconv

#endif // TCONV_IR_UNSUPPORTED_H
