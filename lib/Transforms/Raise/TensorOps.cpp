//===- TensorOps.cpp - What other dialects do to tensors, upstream --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorOps.h"

#include "TracedTensor.h"

#include "tconv/IR/IndexExpr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

RankedTensorType typeOf(Value value) { return cast<RankedTensorType>(value.getType()); }

SmallVector<utils::IteratorType> parallelLoops(int64_t count) {
  return SmallVector<utils::IteratorType>(count, utils::IteratorType::parallel);
}

Value yieldFirst(OpBuilder &, Location, ValueRange numbers) { return numbers.front(); }

/// A linalg.generic whose loops are the dimensions of `init`, and more if there are
/// reductions.
Value createGeneric(OpBuilder &builder, Location loc, ValueRange inputs, Value init,
                    ArrayRef<AffineMap> maps, ArrayRef<utils::IteratorType> loops,
                    const NumberFunction &function) {
  auto body = [&](OpBuilder &nested, Location at, ValueRange numbers) {
    linalg::YieldOp::create(nested, at, function(nested, at, numbers));
  };
  return linalg::GenericOp::create(builder, loc, init.getType(), inputs, init, maps, loops, body)
      .getResult(0);
}

} // namespace

Value TensorOps::splat(RankedTensorType type, double number) {
  Type elementType = type.getElementType();
  TypedAttr attribute;
  if (isa<FloatType>(elementType))
    attribute = builder.getFloatAttr(elementType, number);
  else
    attribute = builder.getIntegerAttr(elementType, static_cast<int64_t>(number));
  return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type, attribute));
}

Value TensorOps::map(RankedTensorType type, ValueRange operands, const NumberFunction &function) {
  const bool sameShape = llvm::all_of(
      operands, [&](Value operand) { return typeOf(operand).getShape() == type.getShape(); });
  // Static sizes that are equal need no loops.
  if (sameShape && type.hasStaticShape())
    return function(builder, loc, operands);
  SmallVector<AffineMap> maps;
  SmallVector<OpFoldResult> sizes(type.getRank(), OpFoldResult());
  for (Value operand : operands) {
    RankedTensorType operandType = typeOf(operand);
    SmallVector<OpFoldResult> operandSizes = tensor::getMixedSizes(builder, loc, operand);
    SmallVector<AffineExpr> exprs;
    const int64_t missing = type.getRank() - operandType.getRank();
    for (int64_t dim = 0; dim < operandType.getRank(); ++dim) {
      const bool repeated = operandType.getDimSize(dim) == 1 && type.getDimSize(dim + missing) != 1;
      exprs.push_back(repeated ? builder.getAffineConstantExpr(0)
                               : builder.getAffineDimExpr(dim + missing));
      if (!repeated && (!sizes[dim + missing] || !operandType.isDynamicDim(dim)))
        sizes[dim + missing] = operandSizes[dim];
    }
    maps.push_back(AffineMap::get(type.getRank(), 0, exprs, builder.getContext()));
  }
  for (auto [dim, size] : llvm::enumerate(sizes))
    if (!size)
      size = builder.getIndexAttr(type.getDimSize(dim));
  maps.push_back(builder.getMultiDimIdentityMap(type.getRank()));
  Value init = tensor::EmptyOp::create(builder, loc, sizes, type.getElementType());
  return createGeneric(builder, loc, operands, init, maps, parallelLoops(type.getRank()), function);
}

Value TensorOps::broadcast(RankedTensorType type, Value value, ArrayRef<int64_t> dims,
                           ArrayRef<OpFoldResult> sizes) {
  SmallVector<OpFoldResult> all(sizes);
  if (all.empty()) {
    all = getAsIndexOpFoldResult(builder.getContext(), type.getShape());
    for (auto [source, target] : llvm::enumerate(dims))
      if (type.isDynamicDim(target) && typeOf(value).getDimSize(source) != 1)
        all[target] = tensor::getMixedSize(builder, loc, value, source);
    for (OpFoldResult size : all)
      if (std::optional<int64_t> constant = getConstantIntValue(size);
          constant && ShapedType::isDynamic(*constant))
        return nullptr;
  }
  SmallVector<AffineExpr> exprs;
  for (auto [source, target] : llvm::enumerate(dims))
    exprs.push_back(typeOf(value).getDimSize(source) == 1 ? builder.getAffineConstantExpr(0)
                                                          : builder.getAffineDimExpr(target));
  AffineMap map = AffineMap::get(type.getRank(), 0, exprs, builder.getContext());
  Value init = tensor::EmptyOp::create(builder, loc, all, type.getElementType());
  return createGeneric(builder, loc, value, init,
                       {map, builder.getMultiDimIdentityMap(type.getRank())},
                       parallelLoops(type.getRank()), yieldFirst);
}

Value TensorOps::reshape(RankedTensorType type, Value value) {
  RankedTensorType from = typeOf(value);
  if (from == type)
    return value;
  if (from.getRank() == type.getRank() && from.getShape() == type.getShape())
    return tensor::CastOp::create(builder, loc, type, value);
  if (auto groups = getReassociationIndicesForReshape(from, type);
      groups && from.getRank() > type.getRank())
    return tensor::CollapseShapeOp::create(builder, loc, type, value, *groups);
  if (auto groups = getReassociationIndicesForReshape(from, type);
      groups && from.getRank() < type.getRank())
    return tensor::ExpandShapeOp::create(builder, loc, type, value, *groups);
  if (!from.hasStaticShape() || !type.hasStaticShape() ||
      from.getNumElements() != type.getNumElements())
    return nullptr;
  auto flat = RankedTensorType::get(from.getNumElements(), from.getElementType());
  auto all = [](int64_t rank) {
    SmallVector<ReassociationIndices> groups;
    if (rank > 0)
      groups.push_back(llvm::to_vector<2>(llvm::seq<int64_t>(0, rank)));
    return groups;
  };
  Value line = from.getRank() == 1 ? value
               : from.getRank() == 0
                   ? tensor::ExpandShapeOp::create(builder, loc, flat, value, all(0)).getResult()
                   : tensor::CollapseShapeOp::create(builder, loc, flat, value, all(from.getRank()))
                         .getResult();
  if (type.getRank() == 1)
    return line;
  if (type.getRank() == 0)
    return tensor::CollapseShapeOp::create(builder, loc, type, line, all(0));
  return tensor::ExpandShapeOp::create(builder, loc, type, line, all(type.getRank()));
}

Value TensorOps::transpose(Value value, ArrayRef<int64_t> permutation) {
  TracedTensor leaf = TracedTensor::leaf(value);
  leaf.transpose(permutation);
  Arrangement arrangement;
  for (const TracedDim &dim : leaf.dims)
    arrangement.push_back(dim.factors);
  return leaf.arrange(builder, loc, arrangement);
}

Value TensorOps::reverse(Value value, ArrayRef<int64_t> dims) {
  TracedTensor leaf = TracedTensor::leaf(value);
  Arrangement arrangement;
  for (int64_t dim : dims) {
    if (typeOf(value).isDynamicDim(dim))
      return nullptr;
    leaf.reverse(dim);
  }
  for (const TracedDim &dim : leaf.dims)
    arrangement.push_back(dim.factors);
  return leaf.arrange(builder, loc, arrangement);
}

Value TensorOps::createZeros(ArrayRef<OpFoldResult> sizes, Type elementType, Value number) {
  Value init = tensor::EmptyOp::create(builder, loc, sizes, elementType);
  return linalg::FillOp::create(builder, loc, number, init).getResult(0);
}

/// Puts elements between those of a tensor.
Value TensorOps::spread(Value value, Value number, ArrayRef<int64_t> interior) {
  if (llvm::all_of(interior, [](int64_t count) { return count == 0; }))
    return value;
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(builder, loc, value), spreadSizes;
  SmallVector<OpFoldResult> strides, offsets(sizes.size(), builder.getIndexAttr(0));
  for (auto [size, count] : llvm::zip_equal(sizes, interior)) {
    IndexExpr elements(builder, loc, size);
    IndexExpr length = max((elements - IndexExpr(1)) * (count + 1) + IndexExpr(1), IndexExpr(0));
    spreadSizes.push_back(count == 0 ? size : length.materialize(builder, loc));
    strides.push_back(builder.getIndexAttr(count + 1));
  }
  Value zeros = createZeros(spreadSizes, typeOf(value).getElementType(), number);
  return tensor::InsertSliceOp::create(builder, loc, value, zeros, offsets, sizes, strides);
}

Value TensorOps::pad(Value value, Value number, ArrayRef<int64_t> low, ArrayRef<int64_t> high,
                     ArrayRef<int64_t> interior) {
  value = spread(value, number, interior);
  auto isNegative = [](int64_t count) { return count < 0; };
  if (llvm::any_of(low, isNegative) || llvm::any_of(high, isNegative)) {
    SmallVector<OpFoldResult> offsets, sizes;
    SmallVector<OpFoldResult> ones(low.size(), builder.getIndexAttr(1));
    for (auto [dim, size] : llvm::enumerate(tensor::getMixedSizes(builder, loc, value))) {
      const int64_t front = std::max<int64_t>(0, -low[dim]),
                    back = std::max<int64_t>(0, -high[dim]);
      offsets.push_back(builder.getIndexAttr(front));
      IndexExpr left = IndexExpr(builder, loc, size) - IndexExpr(front) - IndexExpr(back);
      sizes.push_back(left.materialize(builder, loc));
    }
    value = tensor::ExtractSliceOp::create(builder, loc, value, offsets, sizes, ones);
  }
  SmallVector<OpFoldResult> lows, highs;
  bool adds = false;
  for (auto [front, back] : llvm::zip_equal(low, high)) {
    lows.push_back(builder.getIndexAttr(std::max<int64_t>(0, front)));
    highs.push_back(builder.getIndexAttr(std::max<int64_t>(0, back)));
    adds |= front > 0 || back > 0;
  }
  return adds ? tensor::PadOp::create(builder, loc, Type(), value, lows, highs, number).getResult()
              : value;
}

Value TensorOps::slice(Value value, ArrayRef<int64_t> firsts, ArrayRef<int64_t> counts,
                       ArrayRef<int64_t> strides) {
  return tensor::ExtractSliceOp::create(builder, loc, value,
                                        getAsIndexOpFoldResult(builder.getContext(), firsts),
                                        getAsIndexOpFoldResult(builder.getContext(), counts),
                                        getAsIndexOpFoldResult(builder.getContext(), strides));
}

Value TensorOps::concatenate(ValueRange values, int64_t dim) {
  auto concat = tensor::ConcatOp::create(builder, loc, dim, values);
  FailureOr<SmallVector<Value>> parts = concat.decomposeOperation(builder); // has no lowering
  Value result = succeeded(parts) ? parts->front() : Value();
  concat.erase();
  return result;
}

Value TensorOps::reduce(Value value, ArrayRef<int64_t> dims, Value start,
                        const NumberFunction &combine) {
  RankedTensorType type = typeOf(value);
  SmallVector<OpFoldResult> sizes;
  SmallVector<AffineExpr> exprs;
  SmallVector<utils::IteratorType> loops;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    const bool reduced = llvm::is_contained(dims, dim);
    loops.push_back(reduced ? utils::IteratorType::reduction : utils::IteratorType::parallel);
    if (reduced)
      continue;
    sizes.push_back(tensor::getMixedSize(builder, loc, value, dim));
    exprs.push_back(builder.getAffineDimExpr(dim));
  }
  Value init = createZeros(sizes, type.getElementType(), start);
  AffineMap maps[] = {builder.getMultiDimIdentityMap(type.getRank()),
                      AffineMap::get(type.getRank(), 0, exprs, builder.getContext())};
  return createGeneric(builder, loc, value, init, maps, loops, combine);
}

Value TensorOps::convert(Value value, Type elementType) {
  return typeOf(value).getElementType() == elementType
             ? value
             : map(typeOf(value).clone(elementType), value,
                   [&](OpBuilder &nested, Location at, ValueRange numbers) {
                     return convertNumber(nested, at, numbers.front(), elementType);
                   });
}

Value TensorOps::contract(RankedTensorType type, Value left, Value right,
                          const ContractionDims &dims) {
  const auto leftRank = typeOf(left).getRank(), rightRank = typeOf(right).getRank();
  const auto loopCount = static_cast<unsigned>(leftRank + rightRank) -
                         static_cast<unsigned>(dims.leftBatch.size() + dims.leftSum.size());
  SmallVector<AffineExpr> leftExprs(leftRank), rightExprs(rightRank), resultExprs;
  SmallVector<OpFoldResult> sizes;
  int64_t next = 0;
  auto addParallel = [&](Value operand, int64_t dim, AffineExpr &place) {
    place = builder.getAffineDimExpr(next++);
    resultExprs.push_back(place);
    sizes.push_back(tensor::getMixedSize(builder, loc, operand, dim));
  };
  for (auto [leftDim, rightDim] : llvm::zip_equal(dims.leftBatch, dims.rightBatch)) {
    addParallel(left, leftDim, leftExprs[leftDim]);
    rightExprs[rightDim] = leftExprs[leftDim];
  }
  for (int64_t dim = 0; dim < leftRank; ++dim)
    if (!leftExprs[dim] && !llvm::is_contained(dims.leftSum, dim))
      addParallel(left, dim, leftExprs[dim]);
  for (int64_t dim = 0; dim < rightRank; ++dim)
    if (!rightExprs[dim] && !llvm::is_contained(dims.rightSum, dim))
      addParallel(right, dim, rightExprs[dim]);
  SmallVector<utils::IteratorType> loops = parallelLoops(next);
  for (auto [leftDim, rightDim] : llvm::zip_equal(dims.leftSum, dims.rightSum)) {
    leftExprs[leftDim] = rightExprs[rightDim] = builder.getAffineDimExpr(next++);
    loops.push_back(utils::IteratorType::reduction);
  }
  MLIRContext *context = builder.getContext();
  AffineMap maps[] = {AffineMap::get(loopCount, 0, leftExprs, context),
                      AffineMap::get(loopCount, 0, rightExprs, context),
                      AffineMap::get(loopCount, 0, resultExprs, context)};
  Type elementType = type.getElementType();
  Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
  auto multiplyAdd = [&](OpBuilder &nested, Location at, ValueRange numbers) -> Value {
    Value a = convertNumber(nested, at, numbers[0], elementType);
    Value b = convertNumber(nested, at, numbers[1], elementType);
    if (isa<FloatType>(elementType))
      return arith::AddFOp::create(nested, at, numbers[2], arith::MulFOp::create(nested, at, a, b));
    return arith::AddIOp::create(nested, at, numbers[2], arith::MulIOp::create(nested, at, a, b));
  };
  return createGeneric(builder, loc, {left, right}, createZeros(sizes, elementType, zero), maps,
                       loops, multiplyAdd);
}
