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
