//===- EpilogueBuilder.cpp - The region of a kernel, op by op -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EpilogueBuilder.h"

#include "ElementwiseOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace mlir::tconv;

EpilogueBuilder::EpilogueBuilder(KernelOp kernel)
    : kernel(kernel), builder(kernel.getContext()), sum(kernel.getAccumulatorType()),
      element(kernel.getLayerType()) {
  Region &region = kernel.getEpilogue();
  Value start;
  if (region.empty()) {
    start = region.emplaceBlock().addArgument(sum, kernel.getLoc());
  } else {
    Operation *yield = region.front().getTerminator();
    start = cast<YieldOp>(yield).getValue();
    yield->erase();
  }
  builder.setInsertionPointToEnd(&region.front());
  scalars[kernel.getOutput()] = {start, !isNarrow(kernel.getOutputType().getElementType())};
}

void EpilogueBuilder::append(Operation *op) {
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return appendLinalg(linalgOp);
  for (Value operand : op->getOperands())
    addNeighbour(operand, AffineMap::getMultiDimIdentityMap(kernel.getOutputType().getRank(),
                                                            kernel.getContext()));
  appendScalar(op);
}

void EpilogueBuilder::finish(Value result) {
  // Kernels round what they store.
  Value value = get(result).value;
  YieldOp::create(builder, kernel.getLoc(), value);
  changeType(getElementTypeOrSelf(result.getType()));
}

/// Gives the kernel's result elements of another type.
void EpilogueBuilder::changeType(Type type) {
  if (type == kernel.getOutputType().getElementType())
    return;
  OpBuilder outside(kernel);
  SmallVector<OpFoldResult> sizes =
      tensor::getMixedSizes(outside, kernel.getLoc(), kernel.getInit());
  Value init = tensor::EmptyOp::create(outside, kernel.getLoc(), sizes, type);
  kernel.getInitMutable().assign(init);
  kernel.getOutput().setType(cast<RankedTensorType>(init.getType()));
}

/// Has the kernel read an operand that is none of its results, nor a uniform constant.
void EpilogueBuilder::addNeighbour(Value value, AffineMap map) {
  if (scalars.contains(value) || getUniformConstant(value))
    return;
  std::optional<Reading> reading = readNeighbour(kernel, value, map);
  assert(reading && "an operand that is neither known nor readable");
  OpBuilder outside(kernel);
  Value neighbour = createNeighbour(outside, kernel, value, *reading);
  kernel.getNeighboursMutable().append(neighbour);
  Type type = getElementTypeOrSelf(neighbour.getType());
  Value number = kernel.getEpilogue().front().addArgument(type, value.getLoc());
  if (isNarrow(type))
    number = arith::ExtFOp::create(builder, value.getLoc(), sum, number);
  scalars[value] = {number};
}

void EpilogueBuilder::appendLinalg(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  for (OpOperand *operand : op.getDpsInputOperands()) {
    addNeighbour(operand->get(), op.getMatchingIndexingMap(operand));
    Scalar scalar = get(operand->get());
    scalars[op.getMatchingBlockArgument(operand)] = scalar;
  }
  for (Operation &inner : body->without_terminator())
    if (!inner.hasTrait<OpTrait::ConstantLike>())
      appendScalar(&inner);
  Scalar yielded = get(body->getTerminator()->getOperand(0));
  scalars[op->getResult(0)] = yielded;
}

void EpilogueBuilder::appendScalar(Operation *op) {
  Scalar scalar = emit(op);
  scalars[op->getResult(0)] = scalar;
}

/// Ops that give the same whether numbers are rounded before or after them.
static bool commutesWithRounding(Operation *op) {
  return isa<arith::MaximumFOp, arith::MinimumFOp, arith::MaxNumFOp, arith::MinNumFOp,
             arith::NegFOp, arith::SelectOp, math::AbsFOp>(op);
}

EpilogueBuilder::Scalar EpilogueBuilder::emit(Operation *op) {
  Type result = getElementTypeOrSelf(op->getResult(0).getType());
  auto isNarrowValue = [&](Value value) { return isNarrow(getElementTypeOrSelf(value.getType())); };
  if (!isNarrow(result) && llvm::none_of(op->getOperands(), isNarrowValue))
    return emitNarrow(op);
  if (isa<arith::ExtFOp>(op) && result == sum)
    return {getExact(op->getOperand(0))};
  if (isa<arith::TruncFOp>(op) && getElementTypeOrSelf(op->getOperand(0).getType()) == sum)
    return {get(op->getOperand(0)).value, /*exact=*/false};
  if (commutesWithRounding(op))
    return emitWide(op, /*roundOperands=*/false);
  // f32 has more than twice the digits, so that rounding twice is as good as once; and
  // functions are computed in f32 anyway.
  if (isa<arith::AddFOp, arith::SubFOp, arith::MulFOp, arith::DivFOp, arith::CmpFOp>(op) ||
      (isa<math::MathDialect>(op->getDialect()) && isNarrow(result)))
    return emitWide(op, /*roundOperands=*/true);
  return emitNarrow(op);
}

/// The op in the type of the sums.
EpilogueBuilder::Scalar EpilogueBuilder::emitWide(Operation *op, bool roundOperands) {
  SmallVector<Value> operands;
  bool exact = !roundOperands;
  for (Value operand : op->getOperands()) {
    exact &= get(operand).exact;
    operands.push_back(roundOperands ? getExact(operand) : get(operand).value);
  }
  Type type = getElementTypeOrSelf(op->getResult(0).getType());
  if (!isNarrow(type))
    return {clone(op, operands, type)};
  return {clone(op, operands, sum), exact};
}

/// The op in the types that it was written in.
EpilogueBuilder::Scalar EpilogueBuilder::emitNarrow(Operation *op) {
  SmallVector<Value> operands;
  for (Value operand : op->getOperands()) {
    Value value = getExact(operand);
    Type type = getElementTypeOrSelf(operand.getType());
    operands.push_back(isNarrow(type) ? arith::TruncFOp::create(builder, op->getLoc(), type, value)
                                      : value);
  }
  Type type = getElementTypeOrSelf(op->getResult(0).getType());
  Value result = clone(op, operands, type);
  return {isNarrow(type) ? arith::ExtFOp::create(builder, op->getLoc(), sum, result) : result};
}

Value EpilogueBuilder::clone(Operation *op, ArrayRef<Value> operands, Type type) {
  Operation *clone = builder.clone(*op);
  clone->setOperands(operands);
  clone->getResult(0).setType(type);
  return clone->getResult(0);
}

EpilogueBuilder::Scalar EpilogueBuilder::get(Value value) {
  if (auto known = scalars.find(value); known != scalars.end())
    return known->second;
  TypedAttr constant = getUniformConstant(value);
  assert(constant && "an operand that is neither known nor uniform");
  if (isNarrow(constant.getType()))
    constant = builder.getFloatAttr(sum, cast<FloatAttr>(constant).getValueAsDouble());
  Value scalar = arith::ConstantOp::create(builder, value.getLoc(), constant);
  return scalars[value] = {scalar};
}

Value EpilogueBuilder::getExact(Value value) {
  Scalar scalar = get(value);
  if (scalar.exact)
    return scalar.value;
  Value rounded = arith::TruncFOp::create(builder, value.getLoc(), element, scalar.value);
  scalar.value = arith::ExtFOp::create(builder, value.getLoc(), sum, rounded);
  scalar.exact = true;
  scalars[value] = scalar;
  return scalar.value;
}
