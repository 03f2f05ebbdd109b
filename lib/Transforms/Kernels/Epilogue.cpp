//===- Epilogue.cpp - From sums to elements of the result -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Epilogue.h"

using namespace mlir;
using namespace mlir::tconv;

/// The type with the element type of a scalar and the shape of `like`.
static Type withShapeOf(Type scalar, Type like) {
  auto vector = dyn_cast<VectorType>(like);
  return vector ? VectorType::get(vector.getShape(), scalar) : scalar;
}

/// A scalar op of the region on vectors: ops with the trait Vectorizable mean the same
/// for each lane.
static void emitVectorized(Emitter &b, Operation &op, Type like, IRMapping &mapping) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    Value scalar = b.clone(op)->getResult(0);
    Type type = withShapeOf(constant.getType(), like);
    mapping.map(constant.getResult(),
                isa<VectorType>(type) ? vector::BroadcastOp::create(b, type, scalar) : scalar);
    return;
  }
  Operation *clone = b.clone(op, mapping);
  for (OpResult result : clone->getResults())
    result.setType(withShapeOf(result.getType(), like));
}

Value mlir::tconv::emitEpilogue(Emitter &b, KernelOp op, Value sums) {
  if (!op.getEpilogue().empty()) {
    Block &block = op.getEpilogue().front();
    IRMapping mapping;
    mapping.map(block.getArgument(0), sums);
    for (Operation &inner : block.without_terminator())
      emitVectorized(b, inner, sums.getType(), mapping);
    sums = mapping.lookup(cast<YieldOp>(block.getTerminator()).getValue());
  }
  Type type = withShapeOf(op.getOutputType().getElementType(), sums.getType());
  return type == sums.getType() ? sums : arith::TruncFOp::create(b, type, sums);
}

Value mlir::tconv::loadLanes(Emitter &b, VectorType type, Value buffer, Value position,
                             int64_t count) {
  if (count == type.getNumElements())
    return b.load(type, buffer, position);
  SmallVector<bool> lanes(type.getNumElements(), false);
  std::fill_n(lanes.begin(), count, true);
  auto maskType = VectorType::get(type.getShape(), b.getI1Type());
  Value mask = arith::ConstantOp::create(b, DenseElementsAttr::get(maskType, lanes));
  return vector::MaskedLoadOp::create(b, type, buffer, position, mask, b.zero(type));
}

void mlir::tconv::storeLanes(Emitter &b, Value vector, Value buffer, Value position,
                             int64_t count) {
  auto type = cast<VectorType>(vector.getType());
  if (count == type.getNumElements())
    return b.store(vector, buffer, position);
  int64_t done = 0;
  for (int64_t size = type.getNumElements() / 2; size > 0; size /= 2) {
    if (done + size > count)
      continue;
    auto lanes = llvm::to_vector(llvm::seq<int64_t>(done, done + size));
    Value part = size == 1 ? Value(vector::ExtractOp::create(b, vector, done))
                           : vector::ShuffleOp::create(b, vector, vector, lanes);
    b.store(part, buffer, b.add(position, done));
    done += size;
  }
}
