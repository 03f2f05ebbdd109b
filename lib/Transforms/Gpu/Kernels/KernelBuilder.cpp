//===- KernelBuilder.cpp - Short spellings for the IR of GPU kernels ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelBuilder.h"

using namespace mlir;
using namespace mlir::tconv;

Value KernelBuilder::i32(int64_t value) {
  return arith::ConstantOp::create(*this, getI32IntegerAttr(static_cast<int32_t>(value)));
}

SmallVector<Value> KernelBuilder::loadElements(Value buffer, Type element, Value index,
                                               int64_t count) {
  const int64_t bytes = element.getIntOrFloatBitWidth() / 8;
  const int64_t length = std::min<int64_t>(count, 16 / bytes);
  SmallVector<Value> elements;
  for (int64_t first = 0; first < count; first += length) {
    Value address = at(buffer, element, add(index, first));
    Value vector = load(VectorType::get({length}, element), address, length * bytes);
    for (int64_t lane = 0; lane < length; ++lane)
      elements.push_back(extract(vector, lane));
  }
  return elements;
}

Value KernelBuilder::extract(Value vector, int64_t lane) {
  return LLVM::ExtractElementOp::create(*this, vector, i32(lane));
}

Value KernelBuilder::insert(Value element, Value vector, int64_t lane) {
  return LLVM::InsertElementOp::create(*this, vector, element, i32(lane));
}

void KernelBuilder::annotate(scf::ForOp loop) {
  auto noUnroll =
      LLVM::LoopUnrollAttr::get(getContext(), getBoolAttr(true), {}, {}, {}, {}, {}, {});
  loop->setAttr("loop_annotation",
                LLVM::LoopAnnotationAttr::get(getContext(), {}, {}, {}, noUnroll, {}, {}, {}, {},
                                              {}, {}, {}, {}, {}, {}, {}));
}
