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

/// The ops of the region on numbers. Constants may stand around the region.
static Value emitRegion(KernelBuilder &b, KernelOp op, ValueRange numbers) {
  Block &block = op.getEpilogue().front();
  IRMapping mapping;
  mapping.map(block.getArguments(), numbers);
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

static Value addBias(KernelBuilder &b, Value sum, Value bias) {
  Value wide = b.widen(bias, sum.getType());
  return isa<FloatType>(sum.getType()) ? b.createOrFold<arith::AddFOp>(sum, wide)
                                       : b.add(sum, wide);
}

SmallVector<Value> mlir::tconv::epilogueBuffers(KernelOp op) {
  SmallVector<Value> buffers;
  if (op.getBias())
    buffers.push_back(op.getBias());
  llvm::append_range(buffers, op.getNeighbours());
  return buffers;
}

SmallVector<Value> mlir::tconv::emitScalarEpilogue(KernelBuilder &b, KernelOp op,
                                                   ArrayRef<Value> sums, ValueRange buffers,
                                                   Value channel, Value position) {
  SmallVector<SmallVector<Value>> numbers;
  for (auto [buffer, source] : llvm::zip_equal(buffers, epilogueBuffers(op)))
    numbers.push_back(b.loadElements(buffer, getElementTypeOrSelf(source),
                                     KernelOp::isPerChannel(source) ? channel : position,
                                     static_cast<int64_t>(sums.size())));
  SmallVector<Value> results;
  for (size_t lane = 0; lane < sums.size(); ++lane) {
    SmallVector<Value> operands{sums[lane]};
    for (const SmallVector<Value> &lanes : numbers)
      operands.push_back(lanes[lane]);
    if (op.getBias()) {
      operands[0] = addBias(b, operands[0], operands[1]);
      operands.erase(operands.begin() + 1);
    }
    Value result = op.getEpilogue().empty() ? operands[0] : emitRegion(b, op, operands);
    results.push_back(b.narrow(result, op.getOutputType().getElementType()));
  }
  return results;
}
