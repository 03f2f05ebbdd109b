//===- Unsupported.cpp - What nothing lowers ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/Unsupported.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

static constexpr llvm::StringLiteral unsupportedAttrName = "tconv.unsupported";

void mlir::tconv::markUnsupported(Operation *op) {
  op->setDiscardableAttr(unsupportedAttrName, UnitAttr::get(op->getContext()));
}

InFlightDiagnostic mlir::tconv::emitUnsupported(Operation *op) {
  markUnsupported(op);
  return op->emitError();
}

bool mlir::tconv::holdsUnsupported(ModuleOp module) {
  auto find = [](Operation *op) {
    return op->hasAttr(unsupportedAttrName) ? WalkResult::interrupt() : WalkResult::advance();
  };
  return module.walk(find).wasInterrupted();
}
