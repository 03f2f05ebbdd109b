//===- RuntimeFunctions.cpp - Declarations of the runtime's functions -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/RuntimeFunctions.h"

using namespace mlir;
using namespace mlir::tconv;

StringRef mlir::tconv::getName(RuntimeFunction function) {
  switch (function) {
  case RuntimeFunction::Check:
    return "tconvCheck";
  case RuntimeFunction::Allocate:
    return "tconvAllocate";
  case RuntimeFunction::Free:
    return "tconvFree";
  case RuntimeFunction::FindPlan:
    return "tconvFindPlan";
  case RuntimeFunction::ReleasePlan:
    return "tconvReleasePlan";
  case RuntimeFunction::Failed:
    return "tconvFailed";
  case RuntimeFunction::ParallelFor:
    return "tconvParallelFor";
  }
  llvm_unreachable("not a runtime function");
}

LLVM::LLVMFunctionType mlir::tconv::getFunctionType(MLIRContext *context,
                                                    RuntimeFunction function) {
  Type pointer = LLVM::LLVMPointerType::get(context);
  Type boolean = IntegerType::get(context, 1), size = IntegerType::get(context, 64);
  switch (function) {
  case RuntimeFunction::Check:
    return LLVM::LLVMFunctionType::get(boolean, {boolean, pointer});
  case RuntimeFunction::Allocate:
    return LLVM::LLVMFunctionType::get(pointer, {size});
  case RuntimeFunction::Free:
    return LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {pointer});
  case RuntimeFunction::FindPlan:
    return LLVM::LLVMFunctionType::get(size, {size});
  case RuntimeFunction::ReleasePlan:
    return LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {size});
  case RuntimeFunction::Failed:
    return LLVM::LLVMFunctionType::get(boolean, ArrayRef<Type>{});
  case RuntimeFunction::ParallelFor:
    return LLVM::LLVMFunctionType::get(LLVM::LLVMVoidType::get(context), {pointer, pointer, size});
  }
  llvm_unreachable("not a runtime function");
}

/// Booleans travel as 0 or 1 in the low bits of a register, as C passes them.
static void setBooleanConvention(LLVM::LLVMFuncOp declaration) {
  auto zeroExtended = LLVM::LLVMDialect::getZExtAttrName();
  auto unit = UnitAttr::get(declaration.getContext());
  if (declaration.getFunctionType().getReturnType().isInteger(1))
    declaration.setResultAttr(0, zeroExtended, unit);
  for (auto [index, type] : llvm::enumerate(declaration.getArgumentTypes()))
    if (type.isInteger(1))
      declaration.setArgAttr(index, zeroExtended, unit);
}

LLVM::LLVMFuncOp mlir::tconv::getOrDeclare(ModuleOp module, RuntimeFunction function) {
  if (auto declared = module.lookupSymbol<LLVM::LLVMFuncOp>(getName(function)))
    return declared;
  OpBuilder builder = OpBuilder::atBlockBegin(module.getBody());
  auto declaration = LLVM::LLVMFuncOp::create(builder, module.getLoc(), getName(function),
                                              getFunctionType(module.getContext(), function));
  setBooleanConvention(declaration);
  // Fresh memory aliases nothing, which lets loops over it be vectorised.
  if (function == RuntimeFunction::Allocate)
    declaration.setResultAttr(0, LLVM::LLVMDialect::getNoAliasAttrName(), builder.getUnitAttr());
  return declaration;
}
