//===- CheckEmitter.cpp - Assertions about sizes --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is known to hold emits nothing: comparisons of known sizes fold, and those of
// indices that loops count are decided by upstream's analysis of bounds where it can. The
// message of an assertion begins with the op's place in the source, as at run time there
// is no other.
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"

#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace mlir;
using namespace mlir::tconv;

/// Where the assertions of an op stand: in front of it, or of the region that only lists it.
static Operation *getPosition(Operation *op) {
  Operation *parent = op->getParentOp();
  return isa_and_nonnull<scf::InParallelOp>(parent) ? parent : op;
}

/// A message about an op, with the op's place in the source in front.
static std::string describeAt(Operation *op, const Twine &text) {
  std::string message;
  llvm::raw_string_ostream stream(message);
  if (auto loc = op->getLoc()->findInstanceOf<FileLineColLoc>())
    stream << loc.getFilename().getValue() << ":" << loc.getLine() << ":" << loc.getColumn()
           << ": ";
  stream << "'" << op->getName() << "' op " << text;
  return message;
}

CheckEmitter::CheckEmitter(Operation *op) : builder(getPosition(op)), loc(op->getLoc()), op(op) {}

IndexExpr CheckEmitter::sizeOf(Value shaped, int64_t dim) {
  if (isa<MemRefType>(shaped.getType()))
    return number(memref::getMixedSize(builder, loc, shaped, dim));
  return number(tensor::getMixedSize(builder, loc, shaped, dim));
}

Value CheckEmitter::valueOf(const IndexExpr &number) {
  return getValueOrCreateConstantIndexOp(builder, loc, number.materialize(builder, loc));
}

/// A comparison as upstream's analysis of bounds knows it.
static std::optional<ValueBoundsConstraintSet::ComparisonOperator>
toBound(CheckEmitter::Predicate predicate) {
  switch (predicate) {
  case CheckEmitter::Predicate::slt:
    return ValueBoundsConstraintSet::LT;
  case CheckEmitter::Predicate::sle:
    return ValueBoundsConstraintSet::LE;
  case CheckEmitter::Predicate::sge:
    return ValueBoundsConstraintSet::GE;
  case CheckEmitter::Predicate::eq:
    return ValueBoundsConstraintSet::EQ;
  default:
    return std::nullopt;
  }
}

/// In a loop, where checks cost time, bounds of the loop's variables are asked for.
bool CheckEmitter::holdsInLoop(Predicate predicate, const IndexExpr &a, const IndexExpr &b) {
  auto bound = toBound(predicate);
  if (!bound || !op->getParentOfType<LoopLikeOpInterface>())
    return false;
  return ValueBoundsConstraintSet::compare(a.materialize(builder, loc), *bound,
                                           b.materialize(builder, loc));
}

CheckEmitter::Condition CheckEmitter::compare(Predicate predicate, const IndexExpr &a,
                                              const IndexExpr &b) {
  auto x = a.getConstant(), y = b.getConstant();
  if (x && y && arith::applyCmpPredicate(predicate, APInt(64, *x, true), APInt(64, *y, true)))
    return {};
  if (holdsInLoop(predicate, a, b))
    return {};
  return arith::CmpIOp::create(builder, loc, predicate, valueOf(a), valueOf(b));
}

CheckEmitter::Condition CheckEmitter::both(Condition a, Condition b) {
  if (!a || !b)
    return a ? a : b;
  return arith::AndIOp::create(builder, loc, a, b);
}

CheckEmitter::Condition CheckEmitter::either(Condition a, Condition b) {
  return b ? arith::OrIOp::create(builder, loc, a, b) : Condition();
}

/// What is left of the limit after a division by each number, which does not overflow.
CheckEmitter::Condition CheckEmitter::fitProduct(ArrayRef<IndexExpr> numbers, int64_t limit) {
  if (llvm::all_of(numbers, [](auto &number) { return number.getConstant().has_value(); }))
    return {}; // checked by verifiers
  Value left = arith::ConstantIndexOp::create(builder, loc, limit);
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  for (const IndexExpr &number : numbers) {
    Value divisor = arith::MaxSIOp::create(builder, loc, valueOf(number), one);
    left = arith::DivUIOp::create(builder, loc, left, divisor);
  }
  return arith::CmpIOp::create(builder, loc, Predicate::sge, left, one);
}

void CheckEmitter::check(Condition holds, const Twine &text) {
  if (!holds)
    return;
  auto assertion = cf::AssertOp::create(builder, loc, holds, describeAt(op, text));
  assertion->setAttr(checkMarker, builder.getUnitAttr());
}

void CheckEmitter::checkDeclared(ShapedType type, ArrayRef<IndexExpr> sizes) {
  for (auto [dim, size] : llvm::enumerate(sizes))
    if (!type.isDynamicDim(dim))
      checkEqual(size, IndexExpr(type.getDimSize(dim)),
                 "expected a size of " + Twine(type.getDimSize(dim)) + " in dimension " +
                     Twine(dim) + " as the result has");
}

void CheckEmitter::checkIndex(const IndexExpr &index, const IndexExpr &size, const Twine &text) {
  check(both(compare(Predicate::sge, index, IndexExpr(0)), compare(Predicate::slt, index, size)),
        text);
}

std::string mlir::tconv::describe(const IndexExpr &number) {
  std::optional<int64_t> known = number.getConstant();
  return known ? std::to_string(*known) : "?";
}
