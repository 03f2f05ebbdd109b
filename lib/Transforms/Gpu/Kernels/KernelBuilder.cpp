//===- KernelBuilder.cpp - Short spellings for the IR of GPU kernels ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"

#include "../../Layers/ScfBuilders.h"

using namespace mlir;
using namespace mlir::tconv;

Value KernelBuilder::i32(int64_t value) {
  return arith::ConstantOp::create(*this, getI32IntegerAttr(static_cast<int32_t>(value)));
}

Value KernelBuilder::extract(Value vector, int64_t lane) {
  return LLVM::ExtractElementOp::create(*this, vector, i32(lane));
}

Value KernelBuilder::insert(Value element, Value vector, int64_t lane) {
  return LLVM::InsertElementOp::create(*this, vector, element, i32(lane));
}

Value KernelBuilder::widen(Value number, Type type) {
  if (number.getType() == type)
    return number;
  if (isa<FloatType>(type))
    return arith::ExtFOp::create(*this, type, number);
  return arith::ExtSIOp::create(*this, type, number);
}

void KernelBuilder::loop(Value begin, Value end, int64_t step, LoopBody body) {
  loop(begin, end, step, ValueRange{}, [&](Value position, ValueRange) {
    body(position);
    return SmallVector<Value>();
  });
}

SmallVector<Value> KernelBuilder::loop(Value begin, Value end, int64_t step, ValueRange carried,
                                       CarryingBody body) {
  scf::ForOp loop = createLoop(*this, begin, end, i32(step), carried, body);
  auto noUnroll =
      LLVM::LoopUnrollAttr::get(getContext(), getBoolAttr(true), {}, {}, {}, {}, {}, {});
  loop->setAttr("loop_annotation",
                LLVM::LoopAnnotationAttr::get(getContext(), {}, {}, {}, noUnroll, {}, {}, {}, {},
                                              {}, {}, {}, {}, {}, {}, {}));
  return SmallVector<Value>(loop.getResults());
}

void KernelBuilder::ifThen(Value condition, llvm::function_ref<void()> then) {
  createIf(*this, condition, then);
}
