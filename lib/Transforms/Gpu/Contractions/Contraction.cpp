//===- Contraction.cpp - Sums of products over loops ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Contraction.h"

#include "mlir/Analysis/FlatLinearValueConstraints.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace mlir::tconv;

/// The number of the argument that a value is, perhaps widened.
static std::optional<unsigned> widenedArgument(Value value) {
  if (Operation *op = value.getDefiningOp(); isa_and_nonnull<arith::ExtFOp, arith::ExtSIOp>(op))
    value = op->getOperand(0);
  if (auto argument = dyn_cast<BlockArgument>(value))
    return argument.getArgNumber();
  return std::nullopt;
}

/// Whether a body is: yield out + left * right, both perhaps widened to the type of out.
static bool isMultiplyAdd(Block &body) {
  if (body.getNumArguments() != 3 || body.getTerminator()->getNumOperands() != 1)
    return false;
  Operation *add = body.getTerminator()->getOperand(0).getDefiningOp();
  if (!isa_and_nonnull<arith::AddFOp, arith::AddIOp>(add))
    return false;
  Value out = body.getArgument(2), product = add->getOperand(0);
  if (product == out)
    product = add->getOperand(1);
  else if (add->getOperand(1) != out)
    return false;
  Operation *multiply = product.getDefiningOp();
  if (!isa_and_nonnull<arith::MulFOp, arith::MulIOp>(multiply))
    return false;
  auto first = widenedArgument(multiply->getOperand(0));
  auto second = widenedArgument(multiply->getOperand(1));
  return first && second && *first < 2 && *second < 2 && *first != *second;
}

static std::optional<LinearAccess> matchAccess(Value buffer, AffineMap map) {
  LinearAccess access{buffer, {}};
  if (map.getNumSymbols() != 0)
    return std::nullopt;
  for (AffineExpr index : map.getResults()) {
    SmallVector<int64_t> &flat = access.coefficients.emplace_back();
    if (failed(getFlattenedAffineExpr(index, map.getNumDims(), 0, &flat)) ||
        flat.size() != map.getNumDims() + 1)
      return std::nullopt;
  }
  return access;
}

static bool usesLoop(const LinearAccess &access, unsigned loop) {
  return llvm::any_of(access.coefficients, [&](const auto &index) { return index[loop] != 0; });
}

bool Contraction::matchAccesses() {
  SmallVector<AffineMap> maps = op.getIndexingMapsArray();
  auto first = matchAccess(op->getOperand(0), maps[0]);
  auto second = matchAccess(op->getOperand(1), maps[1]);
  auto written = matchAccess(op->getOperand(2), maps[2]);
  // Two iterations that differ in a parallel loop must write two elements.
  if (!first || !second || !written || !maps[2].isProjectedPermutation() ||
      maps[2].getNumResults() != op.getNumParallelLoops())
    return false;
  left = *second, right = *first, result = *written;
  return true;
}

LoopKind Contraction::kindOf(unsigned loop) const {
  if (llvm::is_contained(reduction, loop))
    return LoopKind::Reduction;
  if (llvm::is_contained(rows, loop))
    return LoopKind::Row;
  return llvm::is_contained(columns, loop) ? LoopKind::Column : LoopKind::Batch;
}

bool Contraction::matchKinds() {
  for (auto [loop, type] : llvm::enumerate(op.getIteratorTypesArray())) {
    bool inLeft = usesLoop(left, loop), inRight = usesLoop(right, loop);
    if (type == utils::IteratorType::reduction)
      reduction.push_back(loop);
    else if (inLeft && inRight)
      batch.push_back(loop);
    else if (inLeft || inRight)
      (inLeft ? rows : columns).push_back(loop);
    else
      return false;
  }
  SmallVector<LoopKind> kinds = kindsFromInnermost();
  if (llvm::find(kinds, LoopKind::Row) < llvm::find(kinds, LoopKind::Column)) {
    std::swap(left, right);
    std::swap(rows, columns);
  }
  return true;
}

std::optional<Contraction> Contraction::match(linalg::LinalgOp op) {
  if (!op.hasPureBufferSemantics() || op.getNumDpsInputs() != 2 || op.getNumDpsInits() != 1 ||
      op->getNumOperands() != 3 || !isMultiplyAdd(*op.getBlock()))
    return std::nullopt;
  Contraction contraction;
  contraction.op = op;
  contraction.sizes = op.getStaticLoopRanges();
  auto isSupported = [](Value operand) {
    auto type = dyn_cast<MemRefType>(operand.getType());
    return type && type.getElementType().isIntOrFloat() && type.isStrided();
  };
  if (!llvm::all_of(op->getOperands(), isSupported) || llvm::is_contained(contraction.sizes, 0) ||
      !contraction.matchAccesses() || !contraction.matchKinds())
    return std::nullopt;
  return contraction;
}

ArrayRef<unsigned> Contraction::loops(LoopKind kind) const {
  switch (kind) {
  case LoopKind::Batch:
    return batch;
  case LoopKind::Row:
    return rows;
  case LoopKind::Column:
    return columns;
  case LoopKind::Reduction:
    return reduction;
  }
  llvm_unreachable("not a kind of loop");
}

std::optional<int64_t> Contraction::count(LoopKind kind) const {
  int64_t count = 1;
  for (unsigned loop : loops(kind))
    if (ShapedType::isDynamic(sizes[loop]) || llvm::MulOverflow(count, sizes[loop], count))
      return std::nullopt;
  return count;
}

Type Contraction::resultType() const { return getElementTypeOrSelf(result.buffer.getType()); }

SmallVector<LoopKind> Contraction::kindsFromInnermost() const {
  SmallVector<LoopKind> kinds;
  auto add = [&](LoopKind kind) {
    if (!llvm::is_contained(kinds, kind))
      kinds.push_back(kind);
  };
  for (const auto &index : llvm::reverse(result.coefficients))
    for (auto [loop, factor] : llvm::enumerate(ArrayRef(index).drop_back()))
      if (factor != 0 && sizes[loop] != 1)
        add(kindOf(loop));
  for (LoopKind kind : {LoopKind::Column, LoopKind::Row, LoopKind::Batch})
    add(kind);
  return kinds;
}

bool Contraction::isReductionInnermost(const LinearAccess &input) const {
  for (const auto &index : llvm::reverse(input.coefficients)) {
    bool reduced = false;
    for (auto [loop, factor] : llvm::enumerate(ArrayRef(index).drop_back())) {
      if (factor == 0 || sizes[loop] == 1)
        continue;
      if (kindOf(loop) != LoopKind::Reduction)
        return false;
      reduced = true;
    }
    if (reduced)
      return true;
  }
  return false;
}
