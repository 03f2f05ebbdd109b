//===- ExpandMath.cpp - Functions of math as comparisons ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Classes of floats are comparisons of magnitudes, which are false for nan. A division is guarded
// by two selections: of a harmless divisor before it, and of the result that numpy gives behind it.
//
//===----------------------------------------------------------------------===//

#include "ExpandMath.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace {

/// A number, or a vector of it.
Value emitConstant(OpBuilder &b, Location loc, Type type, const llvm::APFloat &number) {
  TypedAttr attribute = b.getFloatAttr(getElementTypeOrSelf(type), number);
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = SplatElementsAttr::get(vector, attribute);
  return arith::ConstantOp::create(b, loc, attribute);
}

/// Clamps to ends that no nan is among hand nans on.
Value expandClamp(OpBuilder &b, math::ClampFOp op) {
  Value low = arith::MaximumFOp::create(b, op.getLoc(), op.getValue(), op.getMin());
  return arith::MinimumFOp::create(b, op.getLoc(), low, op.getMax());
}

/// Whether the magnitude of a number compares to infinity or to the smallest normal number.
Value compareMagnitude(OpBuilder &b, Location loc, Value number, arith::CmpFPredicate predicate,
                       bool toInfinity) {
  const llvm::fltSemantics &semantics =
      cast<FloatType>(getElementTypeOrSelf(number.getType())).getFloatSemantics();
  llvm::APFloat limit = toInfinity ? llvm::APFloat::getInf(semantics)
                                   : llvm::APFloat::getSmallestNormalized(semantics);
  Value magnitude = math::AbsFOp::create(b, loc, number);
  return arith::CmpFOp::create(b, loc, predicate, magnitude,
                               emitConstant(b, loc, number.getType(), limit));
}

Value expandIsNormal(OpBuilder &b, math::IsNormalOp op) {
  using Predicate = arith::CmpFPredicate;
  Value large = compareMagnitude(b, op.getLoc(), op.getOperand(), Predicate::OGE, false);
  Value finite = compareMagnitude(b, op.getLoc(), op.getOperand(), Predicate::OLT, true);
  return arith::AndIOp::create(b, op.getLoc(), large, finite);
}

/// An integer, or a vector of it.
Value emitInteger(OpBuilder &b, Location loc, Type type, const llvm::APInt &number) {
  TypedAttr attribute = b.getIntegerAttr(getElementTypeOrSelf(type), number);
  if (auto vector = dyn_cast<VectorType>(type))
    attribute = SplatElementsAttr::get(vector, attribute);
  return arith::ConstantOp::create(b, loc, attribute);
}

bool isDivision(Operation *op) {
  return isa<arith::DivSIOp, arith::DivUIOp, arith::CeilDivSIOp, arith::CeilDivUIOp,
             arith::FloorDivSIOp, arith::RemSIOp, arith::RemUIOp>(op);
}

bool isSigned(Operation *op) {
  return isa<arith::DivSIOp, arith::CeilDivSIOp, arith::FloorDivSIOp, arith::RemSIOp>(op);
}

/// Processors end the program at a division by zero, which gives 0 here, as in numpy, and at one
/// of the smallest number by -1, which gives that number.
void guardDivision(Operation *op) {
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  Type type = divisor.getType();
  llvm::APInt known;
  bool isHarmless =
      matchPattern(divisor, m_ConstantInt(&known)) && !known.isZero() && !known.isAllOnes();
  if (getElementTypeOrSelf(type).isIndex() || isHarmless)
    return;
  OpBuilder b(op);
  Location loc = op->getLoc();
  auto constant = [&](const llvm::APInt &number) { return emitInteger(b, loc, type, number); };
  auto equal = [&](Value value, const llvm::APInt &number) -> Value {
    return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, value, constant(number));
  };
  const unsigned bits = getElementTypeOrSelf(type).getIntOrFloatBitWidth();
  Value isZero = equal(divisor, llvm::APInt::getZero(bits)), traps = isZero;
  if (isSigned(op)) {
    Value overflows = arith::AndIOp::create(b, loc, equal(divisor, llvm::APInt::getAllOnes(bits)),
                                            equal(dividend, llvm::APInt::getSignedMinValue(bits)));
    traps = arith::OrIOp::create(b, loc, isZero, overflows);
  }
  Value one = constant(llvm::APInt(bits, 1)), zero = constant(llvm::APInt::getZero(bits));
  op->setOperand(1, arith::SelectOp::create(b, loc, traps, one, divisor));
  b.setInsertionPointAfter(op);
  Value result = arith::SelectOp::create(b, loc, isZero, zero, op->getResult(0));
  op->getResult(0).replaceAllUsesExcept(result, result.getDefiningOp());
}

Value expand(Operation *op) {
  OpBuilder b(op);
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](math::ClampFOp op) { return expandClamp(b, op); })
      .Case([&](math::IsNormalOp op) { return expandIsNormal(b, op); })
      .Case([&](math::IsInfOp op) {
        return compareMagnitude(b, op.getLoc(), op.getOperand(), arith::CmpFPredicate::OEQ, true);
      })
      .Default(Value());
}

} // namespace

void mlir::tconv::guardDivisions(Operation *root) {
  SmallVector<Operation *> divisions;
  root->walk([&](Operation *op) {
    if (isDivision(op))
      divisions.push_back(op);
  });
  for (Operation *op : divisions)
    guardDivision(op);
}

void mlir::tconv::expandMath(Operation *root) {
  root->walk([](Operation *op) {
    if (Value value = expand(op)) {
      op->replaceAllUsesWith(ValueRange(value));
      op->erase();
    }
  });
}
