//===- Emitter.cpp - Short spellings for the IR of kernels ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Emitter.h"

using namespace mlir;
using namespace mlir::tconv;

void Emitter::parallel(Value count, LoopBody body) {
  auto loop =
      scf::ParallelOp::create(*this, ValueRange{index(0)}, ValueRange{count}, ValueRange{index(1)});
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToStart(loop.getBody());
  body(loop.getInductionVars().front());
}

void Emitter::ifThenElse(Value condition, llvm::function_ref<void()> then,
                         llvm::function_ref<void()> otherwise) {
  auto branch = scf::IfOp::create(*this, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToStart(branch.thenBlock());
  then();
  setInsertionPointToStart(branch.elseBlock());
  otherwise();
}

Value Emitter::ifThenElse(Value condition, Type type, llvm::function_ref<Value()> then,
                          llvm::function_ref<Value()> otherwise) {
  auto branch = scf::IfOp::create(*this, TypeRange{type}, condition, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(*this);
  setInsertionPointToStart(branch.thenBlock());
  scf::YieldOp::create(*this, then());
  setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(*this, otherwise());
  return branch.getResult(0);
}

void Emitter::indexSwitch(Value value, ArrayRef<int64_t> cases,
                          llvm::function_ref<void(size_t)> body) {
  if (cases.empty())
    return body(0);
  auto choice = scf::IndexSwitchOp::create(*this, TypeRange{}, value, cases, cases.size());
  OpBuilder::InsertionGuard guard(*this);
  for (size_t index = 0; index <= cases.size(); ++index) {
    Region &region =
        index < cases.size() ? choice.getCaseRegions()[index] : choice.getDefaultRegion();
    setInsertionPointToStart(&region.emplaceBlock());
    body(index);
    scf::YieldOp::create(*this);
  }
}

Value Emitter::flatten(Value buffer) {
  auto type = cast<MemRefType>(buffer.getType());
  if (type.getRank() == 1)
    return buffer;
  // Not a collapse_shape, which fold-memref-alias-ops would turn into divisions.
  Value elements = index(1);
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    elements = mul(elements, sizeOf(buffer, dim));
  const int64_t size = type.hasStaticShape() ? type.getNumElements() : ShapedType::kDynamic;
  OpFoldResult offset = getIndexAttr(0), sizes = getAsOpFoldResult(elements), one = getIndexAttr(1);
  return memref::ReinterpretCastOp::create(*this, MemRefType::get({size}, type.getElementType()),
                                           buffer, offset, sizes, one);
}
