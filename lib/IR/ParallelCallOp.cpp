//===- ParallelCallOp.cpp - Calls on several threads -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace mlir;
using namespace mlir::tconv;

LogicalResult ParallelCallOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto function = symbols.lookupNearestSymbolFrom<func::FuncOp>(*this, getCalleeAttr());
  if (!function) // (C1)
    return emitOpError("expected a function @") << getCallee() << ", found none";
  SmallVector<Type> expected(getCaptured().getTypes());
  expected.append(2, IndexType::get(getContext()));
  if (function.getArgumentTypes() != ArrayRef(expected)) // (C2)
    return emitOpError("expected arguments of @")
           << getCallee() << " of types " << expected << ", got " << function.getArgumentTypes();
  if (function.getNumResults() != 0) // (C3)
    return emitOpError("expected no results of @")
           << getCallee() << ", got " << function.getNumResults();
  return success();
}
