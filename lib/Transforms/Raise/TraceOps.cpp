//===- TraceOps.cpp - Ops that move elements and add zeros ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A traced tensor (TracedTensor.h) through one op after the other, up to where its
// elements come from: slices, paddings, reshapes, transposes, and linalg ops whose payload
// does no more than copy, by named ops, generic ones or tensor.extract. What is not
// understood ends the chain.
//
//===----------------------------------------------------------------------===//

#include "ChainDepth.h"
#include "CopiedElement.h"
#include "Repetition.h"
#include "SizeAnalysis.h"
#include "TracedTensor.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The value that every element of a tensor has, if an op says so.
Value getUniformElement(Operation *op) {
  if (auto splat = dyn_cast<tensor::SplatOp>(op))
    return splat.getInput();
  if (auto generate = dyn_cast<tensor::GenerateOp>(op))
    return cast<tensor::YieldOp>(generate.getBody().front().getTerminator()).getValue();
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op); linalgOp && op->getNumResults() == 1) {
    Value yielded = linalgOp.getBlock()->getTerminator()->getOperand(0);
    if (auto argument = dyn_cast<BlockArgument>(yielded);
        argument && argument.getOwner() == linalgOp.getBlock())
      return linalgOp.getMatchingOpOperand(argument)->get();
    return yielded;
  }
  return nullptr;
}

bool isZeroAt(Value value, unsigned depth) {
  if (matchPattern(value, m_Zero()) || matchPattern(value, m_AnyZeroFloat()))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || depth == maxDepth)
    return false;
  if (isa<tensor::CastOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::ExtractSliceOp,
          arith::ExtFOp, arith::TruncFOp, arith::ExtSIOp, arith::TruncIOp, arith::SIToFPOp>(op))
    return isZeroAt(op->getOperand(0), depth + 1);
  if (auto pad = dyn_cast<tensor::PadOp>(op)) {
    Value padding = pad.getConstantPaddingValue();
    return padding && isZeroAt(padding, depth + 1) && isZeroAt(pad.getSource(), depth + 1);
  }
  Value element = getUniformElement(op);
  return element && isZeroAt(element, depth + 1);
}

/// Which loop a position is, and whether it runs backwards over `size` elements.
struct LoopPosition {
  int64_t loop;
  bool reversed;
};

std::optional<LoopPosition> matchPosition(AffineExpr expr, int64_t size, unsigned loops) {
  if (!expr)
    return std::nullopt;
  if (auto dim = dyn_cast<AffineDimExpr>(expr))
    return LoopPosition{dim.getPosition(), false};
  if (ShapedType::isDynamic(size))
    return std::nullopt;
  auto dim = dyn_cast<AffineDimExpr>(simplifyAffineExpr(size - 1 - expr, loops, 0));
  return dim ? std::optional(LoopPosition{dim.getPosition(), true}) : std::nullopt;
}

bool applyCopy(linalg::LinalgOp op, const ElementSource &source, TracedTensor &traced) {
  auto type = cast<RankedTensorType>(source.tensor.getType());
  SmallVector<int64_t> permutation(op.getNumLoops(), -1);
  if (type.getRank() != static_cast<int64_t>(op.getNumLoops()))
    return false;
  TracedTensor result = traced;
  for (auto [dim, expr] : llvm::enumerate(source.position)) {
    std::optional<LoopPosition> position =
        matchPosition(expr, type.getDimSize(dim), op.getNumLoops());
    if (!position || permutation[position->loop] != -1 ||
        (position->reversed && !result.reverse(dim)))
      return false;
    permutation[position->loop] = dim;
  }
  // A copy may not be smaller than its source.
  auto resultType = cast<RankedTensorType>(op->getResult(0).getType());
  for (auto [target, dim] : llvm::enumerate(permutation))
    if (resultType.getDimSize(target) != type.getDimSize(dim))
      return false;
  result.transpose(permutation);
  traced = std::move(result);
  return true;
}

/// How an op moves a tensor's elements along the dimensions of its result.
struct Placement {
  Value source, result;
  SmallVector<int64_t> sourceDims; // for each dimension of the result; -1: a new one
  ArrayRef<int64_t> strides;
  SmallVector<int64_t> lows;

  /// Whether a dimension stays as it was.
  bool keeps(size_t dim, SizeAnalysis &sizes) const {
    if (lows[dim] != 0 || strides[dim] != 1)
      return false;
    AffineExpr before = sourceDims[dim] < 0 ? getAffineConstantExpr(1, source.getContext())
                                            : sizes.sizeOf(source, sourceDims[dim]);
    return sizes.differenceOf(before, sizes.sizeOf(result, dim)) == 0;
  }

  bool apply(TracedTensor &traced) const {
    TracedTensor moved = traced;
    SizeAnalysis sizes(source.getContext());
    for (size_t dim = 0; dim < lows.size(); ++dim) {
      if (ShapedType::isDynamic(lows[dim]) || ShapedType::isDynamic(strides[dim]))
        return false;
      if (sourceDims[dim] < 0)
        moved.addUnitDim(dim);
      if (!keeps(dim, sizes) && !moved.spread(dim, lows[dim], strides[dim]))
        return false;
    }
    traced = std::move(moved);
    return true;
  }
};

/// Numbers that are known, as attributes or as constants; others are dynamic.
SmallVector<int64_t> getNumbers(ArrayRef<OpFoldResult> values) {
  return llvm::map_to_vector(values, [](OpFoldResult value) {
    return getConstantIntValue(value).value_or(ShapedType::kDynamic);
  });
}

bool applyInsert(tensor::InsertSliceOp insert, TracedTensor &traced) {
  SmallVector<int64_t> strides = getNumbers(insert.getMixedStrides());
  Placement placement{
      insert.getSource(), insert.getResult(), {}, strides, getNumbers(insert.getMixedOffsets())};
  llvm::SmallBitVector dropped = insert.getDroppedDims();
  int64_t source = 0;
  for (int64_t dim = 0; dim < insert.getDestType().getRank(); ++dim)
    placement.sourceDims.push_back(dropped.test(dim) ? -1 : source++);
  return isZero(insert.getDest()) && placement.apply(traced);
}

bool applyPad(tensor::PadOp pad, TracedTensor &traced) {
  Value padding = pad.getConstantPaddingValue();
  SmallVector<int64_t> strides(pad.getType().getRank(), 1);
  Placement placement{pad.getSource(), pad.getResult(),
                      llvm::to_vector(llvm::seq(pad.getType().getRank())), strides,
                      getNumbers(pad.getMixedLowPad())};
  return padding && isZero(padding) && placement.apply(traced);
}

bool applyCrop(tensor::ExtractSliceOp slice, TracedTensor &traced) {
  const int64_t rank = slice.getType().getRank();
  if (rank != slice.getSourceType().getRank() || !slice.hasUnitStride())
    return false;
  SmallVector<int64_t> strides(rank, 1);
  Placement placement{
      slice.getSource(), slice.getResult(), llvm::to_vector(llvm::seq(rank)), strides, {}};
  for (int64_t offset : getNumbers(slice.getMixedOffsets()))
    placement.lows.push_back(ShapedType::isDynamic(offset) ? offset : -offset);
  return placement.apply(traced);
}

/// The tensor whose elements an op moves, if it is one of those that do no more.
Value getMovedTensor(Operation *op) {
  if (isa<tensor::CastOp, tensor::ExpandShapeOp, tensor::CollapseShapeOp, tensor::PadOp,
          tensor::ExtractSliceOp, tensor::InsertSliceOp>(op))
    return op->getOperand(0);
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  std::optional<ElementSource> source =
      linalgOp ? getCopiedElement(linalgOp) : std::optional<ElementSource>();
  return source ? source->tensor : Value();
}

} // namespace

bool mlir::tconv::isZero(Value value) { return isZeroAt(value, 0); }

bool TracedTensor::apply(Operation *op) {
  if (isa<tensor::CastOp>(op))
    return true;
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return this->expand(expand.getReassociationIndices(), expand.getResultType().getShape());
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op))
    return this->collapse(collapse.getReassociationIndices(), collapse.getSrcType().getShape());
  if (auto insert = dyn_cast<tensor::InsertSliceOp>(op))
    return applyInsert(insert, *this);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return applyCrop(slice, *this);
  if (auto pad = dyn_cast<tensor::PadOp>(op))
    return applyPad(pad, *this);
  auto linalgOp = cast<linalg::LinalgOp>(op);
  return applyCopy(linalgOp, *getCopiedElement(linalgOp), *this);
}

TracedTensor TracedTensor::trace(Value value) { return traceAt(value, 0); }

TracedTensor TracedTensor::traceAt(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  // Where elements are repeated, what was repeated ends the chain.
  const bool moves = op && depth < maxDepth && !readRepetition(value);
  Value source = moves ? getMovedTensor(op) : Value();
  if (source && isa<RankedTensorType>(source.getType())) {
    TracedTensor traced = traceAt(source, depth + 1);
    if (traced.apply(op))
      return traced;
  }
  return leaf(value);
}
