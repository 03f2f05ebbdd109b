//===- TensorOps.cpp - Ops that move elements -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops that move elements, or read their sizes: each element of a result is one of an
// operand, with its bound.
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace tconv;

namespace tensor = mlir::tensor;

namespace {

/// Where an element of a slice is in the whole.
std::vector<int64_t> placeOf(const std::vector<int64_t> &index, const std::vector<int64_t> &offsets,
                             const std::vector<int64_t> &strides) {
  std::vector<int64_t> place(index.size());
  for (size_t dim = 0; dim < index.size(); ++dim)
    place[dim] = offsets[dim] + index[dim] * strides[dim];
  return place;
}

bool isInside(const std::vector<int64_t> &index, const std::vector<int64_t> &shape) {
  for (auto [entry, size] : llvm::zip_equal(index, shape))
    if (entry < 0 || entry >= size)
      return false;
  return true;
}

/// The whole of a slice with its elements replaced, or the slice.
struct Slice {
  std::vector<int64_t> offsets, sizes, strides;

  /// Calls `visit` with the number of each element in the slice and in the whole; false if one is
  /// outside.
  bool forEach(const std::vector<int64_t> &whole,
               llvm::function_ref<void(int64_t, int64_t)> visit) const {
    int64_t number = 0;
    bool inside = true;
    forEachIndex(sizes, [&](const std::vector<int64_t> &index) {
      std::vector<int64_t> place = placeOf(index, offsets, strides);
      inside &= isInside(place, whole);
      if (inside)
        visit(number++, linearize(place, whole));
    });
    return inside;
  }
};

Error outside(mlir::Operation *op) {
  return Error{"expected a slice inside its tensor in " + op->getName().getStringRef().str()};
}

} // namespace

Result<NumberTensor> Evaluator::evaluateTensorOp(mlir::Operation *op) {
  auto fill = [&](mlir::Type type, mlir::ValueRange sizes, const Number &number) -> TensorResult {
    Result<NumberType> numberType = NumberType::of(type);
    if (!numberType)
      return numberType.error();
    TensorResult result = NumberTensor::allocate(*numberType, shapeOf(type, sizes));
    for (int64_t i = 0; result && i < result->numElements(); ++i)
      result->set(i, number);
    return result;
  };
  return llvm::TypeSwitch<mlir::Operation *, TensorResult>(op)
      .Case<tensor::EmptyOp>(
          [&](auto empty) { return fill(empty.getType(), empty.getDynamicSizes(), Number()); })
      .Case<tensor::SplatOp>([&](auto splat) {
        return fill(splat.getType(), splat.getDynamicSizes(), get(splat.getInput()).at(0));
      })
      .Case<tensor::DimOp>([&](auto dim) -> TensorResult {
        const int64_t size = get(dim.getSource()).shape().at(getIndex(dim.getDimension()));
        return NumberTensor::of({ElementType::I64, 64}, Number::of(size));
      })
      .Case<tensor::ExtractOp>([&](auto extract) -> TensorResult {
        const NumberTensor &source = get(extract.getTensor());
        std::vector<int64_t> index = getIndices(mlir::getAsOpFoldResult(extract.getIndices()));
        if (!isInside(index, source.shape()))
          return outside(op);
        return NumberTensor::of(source.type(), source.at(linearize(index, source.shape())));
      })
      .Case<tensor::ExtractSliceOp>([&](auto extract) { return evaluateExtractSlice(extract); })
      .Case<tensor::InsertSliceOp>([&](auto insert) { return evaluateInsertSlice(insert); })
      .Case<tensor::ConcatOp>([&](auto concat) { return evaluateConcat(concat); })
      .Case<tensor::ExpandShapeOp>([&](auto expand) {
        return get(expand.getSrc()).reshape(getIndices(expand.getMixedOutputShape()));
      })
      .Case<tensor::CollapseShapeOp>([&](auto collapse) -> TensorResult {
        const NumberTensor &source = get(collapse.getSrc());
        std::vector<int64_t> shape;
        for (const mlir::ReassociationIndices &group : collapse.getReassociationIndices()) {
          shape.push_back(1);
          for (int64_t dim : group)
            shape.back() *= source.shape()[dim];
        }
        return source.reshape(shape);
      })
      .Case<tensor::PadOp>([&](auto pad) { return evaluatePad(pad); })
      .Default([](mlir::Operation *other) -> TensorResult { return noDefinition(other); });
}

Result<NumberTensor> Evaluator::evaluateExtractSlice(tensor::ExtractSliceOp op) {
  const NumberTensor &source = get(op.getSource());
  Slice slice{getIndices(op.getMixedOffsets()), getIndices(op.getMixedSizes()),
              getIndices(op.getMixedStrides())};
  std::vector<int64_t> shape;
  llvm::SmallBitVector dropped = op.getDroppedDims();
  for (auto [dim, size] : llvm::enumerate(slice.sizes))
    if (!dropped.test(dim))
      shape.push_back(size);
  TensorResult result = NumberTensor::allocate(source.type(), shape);
  if (result && !slice.forEach(source.shape(), [&](int64_t number, int64_t place) {
        result->set(number, source.at(place));
      }))
    return outside(op);
  return result;
}

Result<NumberTensor> Evaluator::evaluateInsertSlice(tensor::InsertSliceOp op) {
  const NumberTensor &source = get(op.getSource()), &whole = get(op.getDest());
  Slice slice{getIndices(op.getMixedOffsets()), getIndices(op.getMixedSizes()),
              getIndices(op.getMixedStrides())};
  TensorResult result = whole.reshape(whole.shape());
  if (result && !slice.forEach(whole.shape(), [&](int64_t number, int64_t place) {
        result->set(place, source.at(number));
      }))
    return outside(op);
  return result;
}

Result<NumberTensor> Evaluator::evaluateConcat(tensor::ConcatOp op) {
  const int64_t dim = op.getDim();
  std::vector<int64_t> shape = get(op.getInputs().front()).shape();
  shape[dim] = 0;
  for (mlir::Value input : op.getInputs())
    shape[dim] += get(input).shape()[dim];
  TensorResult result = NumberTensor::allocate(get(op.getInputs().front()).type(), shape);
  if (!result)
    return result;
  std::vector<int64_t> offsets(shape.size(), 0);
  const std::vector<int64_t> strides(shape.size(), 1);
  for (mlir::Value input : op.getInputs()) {
    const NumberTensor &part = get(input);
    Slice slice{offsets, part.shape(), strides};
    if (!slice.forEach(shape,
                       [&](int64_t number, int64_t place) { result->set(place, part.at(number)); }))
      return outside(op);
    offsets[dim] += part.shape()[dim];
  }
  return result;
}

Result<NumberTensor> Evaluator::evaluatePad(tensor::PadOp op) {
  mlir::Value padding = op.getConstantPaddingValue();
  if (!padding)
    return noDefinition(op);
  const NumberTensor &source = get(op.getSource());
  std::vector<int64_t> low = getIndices(op.getMixedLowPad()),
                       high = getIndices(op.getMixedHighPad());
  std::vector<int64_t> shape = source.shape();
  for (size_t dim = 0; dim < shape.size(); ++dim)
    shape[dim] += low[dim] + high[dim];
  TensorResult result = NumberTensor::allocate(source.type(), shape);
  if (!result)
    return result;
  mlir::Attribute constant;
  TensorResult value = mlir::matchPattern(padding, mlir::m_Constant(&constant))
                           ? evaluateConstant(constant, padding.getType())
                           : get(padding).reshape({});
  if (!value)
    return value;
  for (int64_t i = 0; i < result->numElements(); ++i)
    result->set(i, value->at(0));
  const std::vector<int64_t> strides(shape.size(), 1);
  if (!Slice{low, source.shape(), strides}.forEach(
          shape, [&](int64_t number, int64_t place) { result->set(place, source.at(number)); }))
    return outside(op);
  return result;
}
