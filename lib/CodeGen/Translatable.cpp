//===- Translatable.cpp - What has a counterpart in LLVM IR ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/CodeGen/Translatable.h"

#include "tconv/Support/Errors.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Target/LLVMIR/LLVMTranslationInterface.h"

using namespace mlir;

namespace {

bool isOfScalableVectors(Operation *op) {
  auto isScalable = [](Type type) {
    auto vector = dyn_cast<VectorType>(type);
    return vector && vector.isScalable();
  };
  return isa<LLVM::vscale>(op) || llvm::any_of(op->getResultTypes(), isScalable) ||
         llvm::any_of(op->getOperandTypes(), isScalable);
}

/// Whether a function without a body is there when the code runs: of the runtime, or one of the C
/// library's that only computes a number. Upstream lowers ops for printing, tasks and the like to
/// calls of libraries of its own.
bool isAtRunTime(LLVM::LLVMFuncOp function) {
  StringRef name = function.getName();
  if (name.starts_with("tconv") || name.starts_with("__nv_") || name == "malloc" || name == "free")
    return true;
  LLVM::MemoryEffectsAttr effects = function.getMemoryEffectsAttr();
  return effects && effects.getOther() == LLVM::ModRefInfo::NoModRef &&
         effects.getArgMem() == LLVM::ModRefInfo::NoModRef;
}

bool callsMissingFunction(Operation *op) {
  auto call = dyn_cast<LLVM::CallOp>(op);
  auto callee =
      call && call.getCalleeAttr()
          ? SymbolTable::lookupNearestSymbolFrom<LLVM::LLVMFuncOp>(op, call.getCalleeAttr())
          : nullptr;
  return callee && callee.isExternal() && !isAtRunTime(callee);
}

bool isInLLVM(Operation *op) {
  Dialect *dialect = op->getDialect();
  return dialect && dialect->getRegisteredInterface<LLVMTranslationDialectInterface>();
}

} // namespace

tconv::Status tconv::checkTranslatable(Operation *module) {
  // Casts between types stand where an op was left, which says more.
  Operation *left = nullptr, *missing = nullptr;
  module->walk([&](Operation *op) {
    const bool isCast = isa<UnrealizedConversionCastOp>(op);
    // No assembler is linked that could read the text of another.
    const bool isLeft =
        isCast || !isInLLVM(op) || isOfScalableVectors(op) || isa<LLVM::InlineAsmOp>(op);
    if (isLeft && (!left || (isa<UnrealizedConversionCastOp>(left) && !isCast)))
      left = op;
    if (!missing && callsMissingFunction(op))
      missing = op;
  });
  if (left)
    left->emitError("expected ops that can be lowered to LLVM's, got '") << left->getName() << "'";
  else if (missing)
    missing->emitError("expected ops that need no library, got one that calls @")
        << *cast<LLVM::CallOp>(missing).getCallee();
  else
    return success();
  return unsupported("the module could not be translated to LLVM IR");
}
