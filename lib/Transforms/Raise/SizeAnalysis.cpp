//===- SizeAnalysis.cpp - Sizes of tensors as expressions -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SizeAnalysis.h"

#include "ChainDepth.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/AffineMap.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"

using namespace mlir;
using namespace mlir::tconv;

AffineExpr SizeAnalysis::sizeOf(Value tensor, int64_t dim) { return sizeOf(tensor, dim, 0); }

AffineExpr SizeAnalysis::evaluate(OpFoldResult number) { return evaluate(number, 0); }

std::optional<int64_t> SizeAnalysis::differenceOf(AffineExpr a, AffineExpr b) const {
  auto difference =
      dyn_cast<AffineConstantExpr>(simplifyAffineExpr(a - b, /*numDims=*/0, symbols.size()));
  return difference ? std::optional(difference.getValue()) : std::nullopt;
}

AffineExpr SizeAnalysis::symbolOf(Value value, int64_t dim) {
  auto inserted = symbols.try_emplace({value, dim}, symbols.size());
  return getAffineSymbolExpr(inserted.first->second, context);
}

AffineExpr SizeAnalysis::evaluate(OpFoldResult number, unsigned depth) {
  if (std::optional<int64_t> constant = getConstantIntValue(number))
    return getAffineConstantExpr(*constant, context);
  return evaluate(cast<Value>(number), depth);
}

AffineExpr SizeAnalysis::evaluate(Value number, unsigned depth) {
  if (Operation *op = number.getDefiningOp(); op && depth < maxDepth)
    if (AffineExpr expr = evaluateOp(op, depth + 1))
      return expr;
  return symbolOf(number, -1);
}

AffineExpr SizeAnalysis::evaluateOp(Operation *op, unsigned depth) {
  auto operand = [&](unsigned number) {
    return evaluate(OpFoldResult(op->getOperand(number)), depth);
  };
  if (isa<arith::AddIOp>(op))
    return operand(0) + operand(1);
  if (isa<arith::SubIOp>(op))
    return operand(0) - operand(1);
  if (isa<arith::IndexCastOp>(op))
    return operand(0);
  if (isa<arith::MulIOp>(op)) {
    AffineExpr a = operand(0), b = operand(1);
    return a.isSymbolicOrConstant() && isa<AffineConstantExpr>(b) ? a * b
           : isa<AffineConstantExpr>(a)                           ? b * a
                                                                  : AffineExpr();
  }
  if (auto apply = dyn_cast<affine::AffineApplyOp>(op)) {
    AffineMap map = apply.getAffineMap();
    SmallVector<AffineExpr> operands;
    for (unsigned number = 0; number < op->getNumOperands(); ++number)
      operands.push_back(operand(number));
    ArrayRef<AffineExpr> all(operands);
    return map.getResult(0).replaceDimsAndSymbols(all.take_front(map.getNumDims()),
                                                  all.drop_front(map.getNumDims()));
  }
  if (auto dim = dyn_cast<tensor::DimOp>(op))
    if (std::optional<int64_t> index = dim.getConstantIndex())
      if (auto type = dyn_cast<RankedTensorType>(dim.getSource().getType());
          type && *index >= 0 && *index < type.getRank())
        return sizeOf(dim.getSource(), *index, depth);
  return nullptr;
}

AffineExpr SizeAnalysis::sizeOf(Value tensor, int64_t dim, unsigned depth) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (!type.isDynamicDim(dim))
    return getAffineConstantExpr(type.getDimSize(dim), context);
  if (Operation *op = tensor.getDefiningOp(); op && depth < maxDepth) {
    if (auto result = dyn_cast<OpResult>(tensor))
      if (auto style = dyn_cast<DestinationStyleOpInterface>(op))
        return sizeOf(style.getTiedOpOperand(result)->get(), dim, depth + 1);
    if (AffineExpr expr = sizeOfResult(op, dim, depth + 1))
      return expr;
  }
  return symbolOf(tensor, dim);
}

AffineExpr SizeAnalysis::sizeOfResult(Operation *op, int64_t dim, unsigned depth) {
  if (auto empty = dyn_cast<tensor::EmptyOp>(op))
    return evaluate(empty.getMixedSizes()[dim], depth);
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    return isa<RankedTensorType>(cast.getSource().getType()) ? sizeOf(cast.getSource(), dim, depth)
                                                             : AffineExpr();
  if (auto pad = dyn_cast<tensor::PadOp>(op))
    return sizeOf(pad.getSource(), dim, depth) + evaluate(pad.getMixedLowPad()[dim], depth) +
           evaluate(pad.getMixedHighPad()[dim], depth);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return slice.getType().getRank() == slice.getSourceType().getRank()
               ? evaluate(slice.getMixedSizes()[dim], depth)
               : AffineExpr();
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return evaluate(expand.getMixedOutputShape()[dim], depth);
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    AffineExpr size = getAffineConstantExpr(1, context);
    for (int64_t source : collapse.getReassociationIndices()[dim]) {
      AffineExpr factor = sizeOf(collapse.getSrc(), source, depth);
      if (!isa<AffineConstantExpr>(size) && !isa<AffineConstantExpr>(factor))
        return nullptr;
      size = size * factor;
    }
    return size;
  }
  return nullptr;
}
