//===- Epilogue.cpp - From sums to elements of the result -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Epilogue.h"

using namespace mlir;
using namespace mlir::tconv;

/// A number in each lane of the type `like`.
static Value spread(Emitter &b, Value scalar, Type like) {
  Type type = withElement(like, scalar.getType());
  return isa<VectorType>(type) ? vector::BroadcastOp::create(b, type, scalar) : scalar;
}

/// A scalar op of the region on vectors: ops with the trait Vectorizable mean the same
/// for each lane. Constants stand in the region or, once canonicalized, around it.
static void emitVectorized(Emitter &b, Operation &op, Type like, IRMapping &mapping) {
  if (op.hasTrait<OpTrait::ConstantLike>()) {
    mapping.map(op.getResult(0), spread(b, b.clone(op)->getResult(0), like));
    return;
  }
  for (Value operand : op.getOperands())
    if (!mapping.contains(operand))
      mapping.map(operand, spread(b, operand, like));
  Operation *clone = b.clone(op, mapping);
  for (OpResult result : clone->getResults())
    result.setType(withElement(like, result.getType()));
}

Value mlir::tconv::emitEpilogue(Emitter &b, const KernelLayer &layer, Value sums) {
  KernelOp op = layer.op;
  if (!op.getEpilogue().empty()) {
    Block &block = op.getEpilogue().front();
    IRMapping mapping;
    mapping.map(block.getArgument(0), sums);
    for (Operation &inner : block.without_terminator())
      emitVectorized(b, inner, sums.getType(), mapping);
    Value result = cast<YieldOp>(block.getTerminator()).getValue();
    Type like = sums.getType();
    sums = mapping.contains(result) ? mapping.lookup(result) : spread(b, result, like);
  }
  return b.narrow(sums, layer.storedType());
}

Value mlir::tconv::firstLanes(Emitter &b, VectorType type, int64_t count) {
  auto maskType = VectorType::get(type.getShape(), b.getI1Type());
  SmallVector<bool> exists(type.getNumElements(), false);
  std::fill_n(exists.begin(), count, true);
  return arith::ConstantOp::create(b, DenseElementsAttr::get(maskType, exists));
}

Value mlir::tconv::loadLanes(Emitter &b, VectorType type, Value buffer, Value position,
                             int64_t count) {
  if (count == type.getNumElements())
    return b.load(type, buffer, position);
  return vector::MaskedLoadOp::create(b, type, buffer, position, firstLanes(b, type, count),
                                      b.zero(type));
}

void mlir::tconv::storeLanes(Emitter &b, Value vector, Value buffer, Value position, int64_t begin,
                             int64_t end) {
  const int64_t count = cast<VectorType>(vector.getType()).getNumElements();
  if (end - begin == count)
    return b.store(vector, buffer, position);
  for (int64_t size = llvm::bit_floor<uint64_t>(count); size > 0; size /= 2)
    for (; begin + size <= end; begin += size) {
      auto lanes = llvm::to_vector(llvm::seq<int64_t>(begin, begin + size));
      Value part = size == 1 ? Value(vector::ExtractOp::create(b, vector, begin))
                             : vector::ShuffleOp::create(b, vector, vector, lanes);
      b.store(part, buffer, b.add(position, begin));
    }
}
