//===- Upsampling.cpp - Convolutions of repeated elements ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Upsampling.h"

#include "Repetition.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// `sum over t < factor of w[m - t]` along a dimension, of numbers row by row.
std::vector<double> addShifted(const std::vector<double> &numbers, SmallVector<int64_t> &shape,
                               int64_t dim, int64_t factor) {
  const int64_t inner = ShapedType::getNumElements(ArrayRef(shape).drop_front(dim + 1));
  const int64_t size = shape[dim], row = size * inner, wide = (size + factor - 1) * inner;
  std::vector<double> sums(numbers.size() / row * wide, 0);
  for (size_t index = 0; index < numbers.size(); ++index)
    for (int64_t t = 0; t < factor; ++t)
      sums[index / row * wide + index % row + t * inner] += numbers[index];
  shape[dim] = size + factor - 1;
  return sums;
}

/// The same by ops, for a filter that is no constant.
Value addShifted(OpBuilder &builder, Location loc, Value filter, int64_t dim, int64_t factor) {
  auto type = cast<RankedTensorType>(filter.getType());
  Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type.getElementType()));
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] += factor - 1;
  Value sum;
  for (int64_t t = 0; t < factor; ++t) {
    SmallVector<OpFoldResult> low(type.getRank(), builder.getIndexAttr(0)), high(low);
    low[dim] = builder.getIndexAttr(t);
    high[dim] = builder.getIndexAttr(factor - 1 - t);
    Value moved = tensor::PadOp::create(builder, loc, type.clone(shape), filter, low, high, zero);
    sum = sum ? arith::AddFOp::create(builder, loc, sum, moved).getResult() : moved;
  }
  return sum;
}

/// The filter with sums of as many taps as elements are repeated.
Value createSums(OpBuilder &builder, Location loc, Value filter, const ConvolutionForm &form,
                 ArrayRef<int64_t> factors) {
  auto type = cast<RankedTensorType>(filter.getType());
  const bool isWhole =
      llvm::all_of(form.filter.dims, [](const TracedDim &dim) { return dim.whole; });
  DenseElementsAttr constant = isWhole ? readConstant(form.filter, type) : DenseElementsAttr();
  if (!constant) {
    for (auto [dim, factor] : llvm::zip_equal(form.filterSpatial, factors))
      filter = addShifted(builder, loc, filter, dim, factor);
    return filter;
  }
  std::vector<double> numbers;
  for (const APFloat &number : constant.getValues<APFloat>())
    numbers.push_back(number.convertToDouble());
  SmallVector<int64_t> shape(type.getShape());
  for (auto [dim, factor] : llvm::zip_equal(form.filterSpatial, factors))
    numbers = addShifted(numbers, shape, dim, factor);
  SmallVector<Attribute> sums;
  for (double number : numbers)
    sums.push_back(builder.getFloatAttr(type.getElementType(), number));
  return arith::ConstantOp::create(builder, loc, DenseElementsAttr::get(type.clone(shape), sums));
}

/// How often elements are repeated along each spatial dimension; none if they are not, or
/// along others too.
SmallVector<int64_t> spatialFactors(const ConvolutionForm &form, const Repetition &repetition) {
  SmallVector<int64_t> factors;
  for (auto [dim, traced] : llvm::enumerate(form.input.dims)) {
    const auto *spatial = llvm::find(form.inputSpatial, static_cast<int64_t>(dim));
    const bool isSpatial = spatial != form.inputSpatial.end();
    if (traced.factors.size() != 1 || traced.stride != 1 ||
        form.input.factors[traced.factors.front()].reversed)
      return {};
    const int64_t factor = repetition.factors[form.input.factors[traced.factors.front()].baseDim];
    if (!isSpatial && factor != 1)
      return {};
  }
  for (int64_t dim : form.inputSpatial)
    factors.push_back(
        repetition.factors[form.input.factors[form.input.dims[dim].factors.front()].baseDim]);
  return factors;
}

} // namespace

bool mlir::tconv::foldUpsampling(OpBuilder &builder, Location loc, Value filter,
                                 ConvolutionForm &form) {
  std::optional<Repetition> repetition = readRepetition(form.input.base);
  auto type = cast<RankedTensorType>(filter.getType());
  auto isPlain = [](ConvolutionWindow window) {
    return window.stride == 1 && window.dilation == 1;
  };
  const bool isKnownType = type.getElementType().isF32() || type.getElementType().isF64();
  if (!repetition || !isKnownType || !type.hasStaticShape() ||
      !llvm::all_of(form.windows, isPlain) ||
      form.input.factors.size() != repetition->factors.size())
    return false;
  SmallVector<int64_t> factors = spatialFactors(form, *repetition);
  if (factors.empty())
    return false;
  form.filter = TracedTensor::leaf(createSums(builder, loc, filter, form, factors));
  form.input.base = repetition->source;
  auto source = cast<RankedTensorType>(repetition->source.getType());
  for (Factor &factor : form.input.factors)
    factor.size = source.getDimSize(factor.baseDim);
  for (auto [dim, factor] : llvm::zip_equal(form.inputSpatial, factors)) {
    TracedDim &traced = form.input.dims[dim];
    traced.low += factor - 1;
    traced.stride = factor;
    traced.whole &= factor == 1;
  }
  return true;
}
