//===- CopiedElement.cpp - Linalg ops that only copy elements ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Indices inside of a payload are evaluated to affine expressions of the loops, so that
// tensor.extract at computed places and operands with indexing maps are one form.
//
//===----------------------------------------------------------------------===//

#include "CopiedElement.h"

#include "ChainDepth.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

/// An index inside of a payload as an expression of the loops.
static AffineExpr evaluateIndex(Value value, unsigned depth = 0) {
  MLIRContext *context = value.getContext();
  if (std::optional<int64_t> constant = getConstantIntValue(OpFoldResult(value)))
    return getAffineConstantExpr(*constant, context);
  Operation *op = value.getDefiningOp();
  if (!op || depth == maxDepth)
    return nullptr;
  if (auto index = dyn_cast<linalg::IndexOp>(op))
    return getAffineDimExpr(index.getDim(), context);
  if (!isa<arith::AddIOp, arith::SubIOp, arith::DivUIOp, arith::DivSIOp, arith::FloorDivSIOp,
           affine::AffineApplyOp>(op))
    return nullptr;
  SmallVector<AffineExpr> operands;
  for (Value operand : op->getOperands()) {
    operands.push_back(evaluateIndex(operand, depth + 1));
    if (!operands.back())
      return nullptr;
  }
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op)) {
    AffineMap map = apply.getAffineMap();
    ArrayRef<AffineExpr> all(operands);
    return map.getResult(0).replaceDimsAndSymbols(all.take_front(map.getNumDims()),
                                                  all.drop_front(map.getNumDims()));
  }
  if (isa<arith::AddIOp>(op))
    return operands[0] + operands[1];
  if (isa<arith::SubIOp>(op))
    return operands[0] - operands[1];
  // Of what is not negative all divisions are the same.
  auto divisor = dyn_cast<AffineConstantExpr>(operands[1]);
  return isa<AffineDimExpr>(operands[0]) && divisor && divisor.getValue() > 0
             ? operands[0].floorDiv(divisor)
             : AffineExpr();
}

std::optional<ElementSource> mlir::tconv::getCopiedElement(linalg::LinalgOp op) {
  if (op->getNumResults() != 1 || op.getNumParallelLoops() != op.getNumLoops() ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return std::nullopt;
  Value yielded = op.getBlock()->getTerminator()->getOperand(0);
  if (auto extract = yielded.getDefiningOp<tensor::ExtractOp>()) {
    ElementSource source{extract.getTensor(), {}};
    for (Value index : extract.getIndices())
      source.position.push_back(evaluateIndex(index));
    return source;
  }
  auto argument = dyn_cast<BlockArgument>(yielded);
  if (!argument || argument.getOwner() != op.getBlock() ||
      argument.getArgNumber() >= op.getNumDpsInputs())
    return std::nullopt;
  OpOperand *operand = op.getMatchingOpOperand(argument);
  return ElementSource{operand->get(),
                       SmallVector<AffineExpr>(op.getMatchingIndexingMap(operand).getResults())};
}
