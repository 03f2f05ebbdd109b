//===- ElementwiseOps.cpp - Which ops can become an epilogue --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ElementwiseOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

TypedAttr mlir::tconv::getUniformConstant(Value value) {
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant))) {
    if (auto elements = dyn_cast<DenseElementsAttr>(constant))
      return elements.isSplat() ? cast<TypedAttr>(elements.getSplatValue<Attribute>()) : nullptr;
    return isa<IntegerAttr, FloatAttr>(constant) ? cast<TypedAttr>(constant) : nullptr;
  }
  if (auto fill = value.getDefiningOp<linalg::FillOp>())
    return getUniformConstant(fill.value());
  if (auto splat = value.getDefiningOp<tensor::SplatOp>())
    return getUniformConstant(splat.getInput());
  return nullptr;
}

namespace {

/// A function of numbers that can be applied to each lane of a vector. Powers with
/// whole exponents are not: upstream makes loops of them.
bool isLanewise(Operation *op) {
  StringRef dialect = op->getName().getDialectNamespace();
  return (dialect == "arith" || dialect == "math") && op->getNumResults() == 1 &&
         OpTrait::hasElementwiseMappableTraits(op) && !isa<math::IPowIOp, math::FPowIOp>(op);
}

bool refuse(std::string &obstacle, Operation *op, const Twine &reason) {
  obstacle = (op->getName().getStringRef() + " " + reason).str();
  return false;
}

/// An operand that is neither known nor readable.
bool refuseOperand(std::string &obstacle, Operation *op, unsigned number) {
  return refuse(obstacle, op,
                "has an operand, number " + Twine(number) +
                    ", that has neither the layer's shape nor a number for each channel, or that "
                    "depends on the layer");
}

bool isTensorOpOn(Operation *op, const Readable &readable, std::string &obstacle) {
  for (OpOperand &operand : op->getOpOperands()) {
    if (readable.isKnown(operand.get()) || getUniformConstant(operand.get()))
      continue;
    auto type = dyn_cast<RankedTensorType>(operand.get().getType());
    if (!type || !readable.isReadable(operand.get(), AffineMap::getMultiDimIdentityMap(
                                                         type.getRank(), op->getContext())))
      return refuseOperand(obstacle, op, operand.getOperandNumber());
  }
  return true;
}

/// Whether a payload computes its result from its inputs alone, lane by lane.
bool isLanewisePayload(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  for (Operation &inner : *body) {
    if (!isLanewise(&inner) && !inner.hasTrait<OpTrait::ConstantLike>() &&
        &inner != body->getTerminator())
      return false;
    for (Value operand : inner.getOperands())
      if (operand.getParentBlock() != body && !getUniformConstant(operand))
        return false;
  }
  return !op.payloadUsesValueFromOperand(op.getDpsInitOperand(0));
}

bool isLinalgOpOn(linalg::LinalgOp op, const Readable &readable, std::string &obstacle) {
  if (op.getNumParallelLoops() != op.getNumLoops() || op.getNumDpsInits() != 1 ||
      op->getNumResults() != 1)
    return false;
  if (!op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return refuse(obstacle, op, "permutes its result");
  bool readsKnown = false;
  for (OpOperand *operand : op.getDpsInputOperands()) {
    const bool known = readable.isKnown(operand->get());
    AffineMap map = op.getMatchingIndexingMap(operand);
    if (known && !map.isIdentity())
      return refuse(obstacle, op, "permutes or repeats the elements of an operand");
    if (!known && !getUniformConstant(operand->get()) && !readable.isReadable(operand->get(), map))
      return refuseOperand(obstacle, op, operand->getOperandNumber());
    readsKnown |= known;
  }
  if (!readsKnown)
    return false;
  return isLanewisePayload(op) ||
         refuse(obstacle, op, "does more than arithmetic on single elements");
}

} // namespace

bool mlir::tconv::isElementwiseOn(Operation *op, const Readable &readable, std::string &obstacle) {
  if (isLanewise(op))
    return isTensorOpOn(op, readable, obstacle);
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return isLinalgOpOn(linalgOp, readable, obstacle);
  return false;
}
