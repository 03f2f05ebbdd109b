//===- ScalarEpilogue.cpp - From a sum to an element of the result --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarEpilogue.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

/// The ops of the region on a number. Constants may stand around the region.
static Value emitRegion(KernelBuilder &b, KernelOp op, Value sum) {
  Block &block = op.getEpilogue().front();
  IRMapping mapping;
  mapping.map(block.getArgument(0), sum);
  auto mapConstant = [&](Value value) {
    Operation *definition = value.getDefiningOp();
    if (!mapping.contains(value) && definition && definition->hasTrait<OpTrait::ConstantLike>())
      mapping.map(value, b.clone(*definition)->getResult(0));
  };
  for (Operation &inner : block.without_terminator()) {
    llvm::for_each(inner.getOperands(), mapConstant);
    b.clone(inner, mapping);
  }
  Value result = cast<YieldOp>(block.getTerminator()).getValue();
  mapConstant(result);
  return mapping.lookup(result);
}

Value mlir::tconv::emitScalarEpilogue(KernelBuilder &b, KernelOp op, Value sum, Value bias) {
  if (bias) {
    Value wide = b.widen(bias, sum.getType());
    sum =
        isa<FloatType>(sum.getType()) ? b.createOrFold<arith::AddFOp>(sum, wide) : b.add(sum, wide);
  }
  if (!op.getEpilogue().empty())
    sum = emitRegion(b, op, sum);
  Type type = op.getOutputType().getElementType();
  return type == sum.getType() ? sum : arith::TruncFOp::create(b, type, sum);
}
