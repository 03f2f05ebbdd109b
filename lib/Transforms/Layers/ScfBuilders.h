//===- ScfBuilders.h - Loops and branches from lambdas ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_SCFBUILDERS_H
#define TCONV_LIB_TRANSFORMS_LAYERS_SCFBUILDERS_H

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace mlir::tconv {

/// for (i = begin; i < end; i += step), with values that are carried along: `body` gives the
/// next ones.
inline scf::ForOp createLoop(ImplicitLocOpBuilder &b, Value begin, Value end, Value step,
                             ValueRange carried,
                             llvm::function_ref<SmallVector<Value>(Value, ValueRange)> body) {
  auto loop = scf::ForOp::create(b, begin, end, step, carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  SmallVector<Value> next = body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!carried.empty())
    scf::YieldOp::create(b, next);
  return loop;
}

/// if (condition) then().
inline void createIf(ImplicitLocOpBuilder &b, Value condition, llvm::function_ref<void()> then) {
  auto branch = scf::IfOp::create(b, condition, /*withElseRegion=*/false);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  then();
}

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_SCFBUILDERS_H
