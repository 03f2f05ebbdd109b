//===- Epilogue.cpp - From sums to elements of the result -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The region of a kernel is scalar. Its ops, which all mean the same for each lane, are cloned on
// vectors of sums, right before these are stored; sums never pass through memory between the layer
// and what follows it.
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

/// What the region reads of a neighbour for sums of the type `like`.
static Value loadNeighbour(Emitter &b, Value buffer, bool perChannel, Type like,
                           const SumPlace &place) {
  Type element = cast<MemRefType>(buffer.getType()).getElementType();
  auto type = dyn_cast<VectorType>(withElement(like, element));
  Value position = perChannel ? place.channel : place.y;
  if (!type || (perChannel && !place.perLane))
    return spread(b, b.load(buffer, position), like);
  if (perChannel || !place.mask)
    return b.load(type, buffer, position);
  return vector::MaskedLoadOp::create(b, type, buffer, position, place.mask, b.zero(type));
}

/// Applies the region, if there is one.
static Value emitRegion(Emitter &b, const KernelLayer &layer, Value sums, const SumPlace &place) {
  KernelOp op = layer.op;
  if (op.getEpilogue().empty())
    return sums;
  Block &block = op.getEpilogue().front();
  Type like = sums.getType();
  IRMapping mapping;
  mapping.map(block.getArgument(0), sums);
  for (auto [argument, neighbour, buffer] :
       llvm::zip_equal(block.getArguments().drop_front(), op.getNeighbours(), layer.neighbours))
    mapping.map(argument, loadNeighbour(b, buffer, KernelOp::isPerChannel(neighbour), like, place));
  for (Operation &inner : block.without_terminator())
    emitVectorized(b, inner, like, mapping);
  Value result = cast<YieldOp>(block.getTerminator()).getValue();
  return mapping.contains(result) ? mapping.lookup(result) : spread(b, result, like);
}

/// Numbers whose low bits are those of others, of any type; the bits above are zero.
static Value moveBits(Emitter &b, Value value, Type element) {
  auto cast = [&](Value from, Type type) -> Value {
    Type target = withElement(value.getType(), type);
    return from.getType() == target ? from : arith::BitcastOp::create(b, target, from);
  };
  const unsigned from = getElementTypeOrSelf(value).getIntOrFloatBitWidth();
  const unsigned to = element.getIntOrFloatBitWidth();
  Type integer = withElement(value.getType(), b.getIntegerType(to));
  value = cast(value, b.getIntegerType(from));
  if (from < to)
    value = arith::ExtUIOp::create(b, integer, value);
  else if (from > to)
    value = arith::TruncIOp::create(b, integer, value);
  return cast(value, element);
}

Value mlir::tconv::emitEpilogue(Emitter &b, const KernelLayer &layer, Value sums,
                                const SumPlace &place) {
  if (layer.defersEpilogue())
    return b.narrow(sums, layer.storedType());
  Value result = emitRegion(b, layer, sums, place);
  if (!layer.keepsSums())
    return b.narrow(result, layer.storedType());
  return moveBits(b, result, layer.sum);
}

Value mlir::tconv::emitResult(Emitter &b, const KernelLayer &layer, Value stored,
                              const SumPlace &place) {
  KernelOp op = layer.op;
  Type element = layer.outputType.getElementType();
  if (layer.defersEpilogue())
    return b.narrow(emitRegion(b, layer, b.widen(stored, layer.sum), place), element);
  if (layer.keepsSums() && op.getYieldType() != layer.sum)
    return moveBits(b, stored, element);
  return b.narrow(stored, element);
}

Value mlir::tconv::firstLanes(Emitter &b, VectorType type, int64_t count) {
  auto maskType = VectorType::get(type.getShape(), b.getI1Type());
  SmallVector<bool> exists(type.getNumElements(), false);
  std::fill_n(exists.begin(), count, true);
  return arith::ConstantOp::create(b, DenseElementsAttr::get(maskType, exists));
}

Value mlir::tconv::lanesBetween(Emitter &b, VectorType type, Value begin, Value end) {
  auto positions = VectorType::get(type.getShape(), b.getIndexType());
  Value lanes = vector::StepOp::create(b, positions);
  auto compare = [&](arith::CmpIPredicate predicate, Value bound) -> Value {
    return arith::CmpIOp::create(b, predicate, lanes,
                                 vector::BroadcastOp::create(b, positions, bound));
  };
  return arith::AndIOp::create(b, compare(arith::CmpIPredicate::sge, begin),
                               compare(arith::CmpIPredicate::slt, end));
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

void mlir::tconv::emitStore(Emitter &b, const KernelLayer &layer, Value sums, Value y,
                            Value channel, int64_t count) {
  auto type = cast<VectorType>(sums.getType());
  SumPlace place{y, channel, /*perLane=*/true, {}};
  if (count < type.getNumElements() && layer.readsElements())
    place.mask = firstLanes(b, type, count);
  storeLanes(b, emitEpilogue(b, layer, sums, place), layer.y, y, 0, count);
}
