//===- CodeBuilder.cpp - Short spellings for the IR of kernels ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CodeBuilder.h"

using namespace mlir;
using namespace mlir::tconv;

Type mlir::tconv::withElement(Type type, Type element) {
  auto vector = dyn_cast<VectorType>(type);
  return vector ? Type(VectorType::get(vector.getShape(), element)) : element;
}

Value CodeBuilder::widen(Value value, Type element) {
  if (getElementTypeOrSelf(value) == element)
    return value;
  Type type = withElement(value.getType(), element);
  if (isa<FloatType>(element))
    return arith::ExtFOp::create(*this, type, value);
  return arith::ExtSIOp::create(*this, type, value);
}

Value CodeBuilder::widen(Value value, Type element, int64_t less, bool isUnsigned) {
  Type type = withElement(value.getType(), element);
  if (isUnsigned && type != value.getType())
    value = arith::ExtUIOp::create(*this, type, value);
  value = widen(value, element);
  if (less == 0)
    return value;
  TypedAttr number = getIntegerAttr(element, less);
  if (auto vector = dyn_cast<VectorType>(type))
    number = DenseElementsAttr::get(vector, number);
  return arith::SubIOp::create(*this, value, arith::ConstantOp::create(*this, number));
}

Value CodeBuilder::narrow(Value value, Type element) {
  if (getElementTypeOrSelf(value) == element)
    return value;
  return arith::TruncFOp::create(*this, withElement(value.getType(), element), value);
}

void CodeBuilder::loop(Value begin, Value end, int64_t step, LoopBody body) {
  loop(begin, end, step, ValueRange{}, [&](Value position, ValueRange) {
    body(position);
    return SmallVector<Value>();
  });
}

SmallVector<Value> CodeBuilder::loop(Value begin, Value end, int64_t step, ValueRange carried,
                                     CarryingBody body) {
  auto loop = scf::ForOp::create(*this, begin, end, position(step), carried);
  annotate(loop);
  InsertionGuard guard(*this);
  setInsertionPointToStart(loop.getBody());
  SmallVector<Value> next = body(loop.getInductionVar(), loop.getRegionIterArgs());
  if (!carried.empty())
    scf::YieldOp::create(*this, next);
  return SmallVector<Value>(loop.getResults());
}

void CodeBuilder::ifThen(Value condition, llvm::function_ref<void()> then) {
  auto branch = scf::IfOp::create(*this, condition, /*withElseRegion=*/false);
  InsertionGuard guard(*this);
  setInsertionPointToStart(branch.thenBlock());
  then();
}

void CodeBuilder::ifThenElse(Value condition, llvm::function_ref<void()> then,
                             llvm::function_ref<void()> otherwise) {
  auto branch = scf::IfOp::create(*this, condition, /*withElseRegion=*/true);
  InsertionGuard guard(*this);
  setInsertionPointToStart(branch.thenBlock());
  then();
  setInsertionPointToStart(branch.elseBlock());
  otherwise();
}
