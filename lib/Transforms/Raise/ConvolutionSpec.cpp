//===- ConvolutionSpec.cpp - Convolutions of other dialects ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConvolutionSpec.h"

#include "ConvolutionForm.h"
#include "TensorOps.h"

#include "tconv/IR/IndexExpr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The number of positions of a window, as an expression of the input's size.
AffineExpr resultSize(AffineExpr input, int64_t kernel, const SpatialSpec &spatial) {
  AffineExpr spread = (input - 1) * spatial.inputDilation + 1 + spatial.low + spatial.high;
  return (spread - (spatial.filterDilation * (kernel - 1) + 1)).floorDiv(spatial.stride) + 1;
}

/// Splits a dimension into groups and what is in each.
bool splitDim(TracedTensor &traced, int64_t dim, int64_t groups, int64_t &first) {
  auto isAll = [&](int64_t other) { return other == dim; };
  SmallVector<ReassociationIndices> groupsOfDims;
  SmallVector<int64_t> shape;
  for (int64_t other = 0; other < static_cast<int64_t>(traced.dims.size()); ++other) {
    const int64_t size = traced.sizeOf(traced.dims[other].factors);
    ReassociationIndices &group = groupsOfDims.emplace_back();
    group.push_back(shape.size());
    if (!isAll(other)) {
      shape.push_back(traced.dims[other].whole ? size : ShapedType::kDynamic);
      continue;
    }
    first = static_cast<int64_t>(shape.size());
    group.push_back(shape.size() + 1);
    shape.append({groups, ShapedType::isDynamic(size) ? size : size / groups});
  }
  return traced.expand(groupsOfDims, shape);
}

} // namespace

Value mlir::tconv::raiseSpec(OpBuilder &builder, Location loc, const ConvolutionSpec &spec,
                             std::string &obstacle) {
  SizeAnalysis analysis(builder.getContext());
  ConvolutionForm form;
  form.input = TracedTensor::trace(spec.input);
  form.filter = TracedTensor::trace(spec.filter);
  for (auto [spatial, dim] : llvm::enumerate(spec.inputDims.spatial)) {
    const SpatialSpec &window = spec.spatial[spatial];
    if (!form.input.spread(dim, window.low, window.inputDilation))
      return obstacle = "its sizes exceed 63 bits", Value();
    const int64_t filterDim = spec.filterDims.spatial[spatial];
    if (window.reversed && !form.filter.reverse(filterDim))
      return obstacle = "zeros are added to its filter", Value();
    form.windows.push_back({window.stride, window.filterDilation});
  }
  if (spec.batchGroups != 1)
    return obstacle = "it has " + std::to_string(spec.batchGroups) + " groups of batches", Value();
  // The filter's outputs are those of all groups: the groups belong to its inputs.
  int64_t group = 0;
  if (!splitDim(form.filter, spec.filterDims.channels, spec.groups, group))
    return obstacle = "its filter's outputs do not follow from where they come from", Value();
  auto moved = [&](int64_t dim) { return dim + (dim > spec.filterDims.channels); };
  form.filterInputs = {group, moved(spec.filterDims.batch)};
  form.filterOutputs = {group + 1};
  for (int64_t dim : spec.filterDims.spatial)
    form.filterSpatial.push_back(moved(dim));
  form.inputBatch = {spec.inputDims.batch};
  form.inputChannels = {spec.inputDims.channels};
  form.inputSpatial = spec.inputDims.spatial;
  form.resultBatch = {spec.resultDims.batch};
  form.resultChannels = {spec.resultDims.channels};
  form.resultSpatial = spec.resultDims.spatial;
  form.groups = spec.groups;
  form.elementType = spec.result.getElementType();
  form.shape.assign(spec.result.getShape().begin(), spec.result.getShape().end());
  form.sizes.assign(form.shape.size(), AffineExpr());
  auto filterType = cast<RankedTensorType>(spec.filter.getType());
  for (auto [spatial, dim] : llvm::enumerate(spec.resultDims.spatial)) {
    const int64_t kernel = filterType.getDimSize(spec.filterDims.spatial[spatial]);
    if (ShapedType::isDynamic(kernel))
      return obstacle = "its filter has a spatial dimension of unknown size", Value();
    AffineExpr input = analysis.sizeOf(spec.input, spec.inputDims.spatial[spatial]);
    form.sizes[dim] = form.shape[dim] == ShapedType::kDynamic
                          ? resultSize(input, kernel, spec.spatial[spatial])
                          : getAffineConstantExpr(form.shape[dim], builder.getContext());
  }
  return raiseConvolution(builder, loc, form, analysis, obstacle);
}

namespace {

/// Builds a linalg.generic whose loops are: groups, batch, outputs, positions; inputs, taps.
class Lowering {
public:
  Lowering(OpBuilder &builder, Location loc, const ConvolutionSpec &spec)
      : builder(builder), loc(loc), spec(spec), ops(builder, loc),
        count(static_cast<int64_t>(spec.spatial.size())), groups(spec.groups * spec.batchGroups) {}

  Value lower() {
    Value input = padInput(), filter = reverseFilter();
    const bool ofBatch = spec.batchGroups != 1;
    input = split(input, ofBatch ? spec.inputDims.batch : spec.inputDims.channels);
    filter = split(filter, spec.filterDims.channels);
    auto [init, resultType] = createInit(input, filter);
    AffineMap maps[] = {mapOf(spec.inputDims, ofBatch, 1, inputLoop(), true),
                        mapOf(spec.filterDims, false, inputLoop(), 2, false), resultMap()};
    SmallVector<utils::IteratorType> loops(3 + count, utils::IteratorType::parallel);
    loops.append(1 + count, utils::IteratorType::reduction);
    auto body = [&](OpBuilder &nested, Location at, ValueRange numbers) {
      multiplyAdd(nested, at, numbers);
    };
    Value sums = linalg::GenericOp::create(builder, loc, init.getType(), ValueRange{input, filter},
                                           init, maps, loops, body)
                     .getResult(0);
    return joinResult(sums);
  }

private:
  int64_t inputLoop() const { return 3 + count; }
  AffineExpr loop(int64_t number) { return builder.getAffineDimExpr(number); }

  Value padInput() {
    const auto rank = cast<RankedTensorType>(spec.input.getType()).getRank();
    SmallVector<int64_t> low(rank, 0), high(rank, 0), interior(rank, 0);
    for (auto [spatial, dim] : llvm::enumerate(spec.inputDims.spatial)) {
      low[dim] = spec.spatial[spatial].low;
      high[dim] = spec.spatial[spatial].high;
      interior[dim] = spec.spatial[spatial].inputDilation - 1;
    }
    Type elementType = getElementTypeOrSelf(spec.input);
    Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
    return ops.pad(spec.input, zero, low, high, interior);
  }

  Value reverseFilter() {
    SmallVector<int64_t> dims;
    for (auto [spatial, dim] : llvm::enumerate(spec.filterDims.spatial))
      if (spec.spatial[spatial].reversed)
        dims.push_back(dim);
    return dims.empty() ? spec.filter : ops.reverse(spec.filter, dims);
  }

  /// A dimension as two, the groups and what is in each; as it is if there is one group.
  Value split(Value value, int64_t dim) {
    auto type = cast<RankedTensorType>(value.getType());
    SmallVector<int64_t> shape(type.getShape());
    const int64_t size = shape[dim];
    shape[dim] = groups;
    shape.insert(shape.begin() + dim + 1, ShapedType::isDynamic(size) ? size : size / groups);
    SmallVector<ReassociationIndices> lists;
    for (int64_t source = 0, target = 0; source < type.getRank(); ++source, ++target) {
      lists.push_back({target});
      if (source == dim)
        lists.back().push_back(++target);
    }
    return tensor::ExpandShapeOp::create(builder, loc, type.clone(shape), value, lists);
  }

  /// The positions of an operand's dimensions, in which one is split into groups.
  AffineMap mapOf(const OperandDims &dims, bool ofBatch, int64_t batchLoop, int64_t channelLoop,
                  bool isInput) {
    SmallVector<AffineExpr> exprs(2 + count);
    exprs[dims.batch] = loop(batchLoop);
    exprs[dims.channels] = loop(channelLoop);
    for (int64_t spatial = 0; spatial < count; ++spatial) {
      AffineExpr tap = loop(inputLoop() + 1 + spatial), position = loop(3 + spatial);
      const SpatialSpec &window = spec.spatial[spatial];
      exprs[dims.spatial[spatial]] =
          isInput ? position * window.stride + tap * window.filterDilation : tap;
    }
    const int64_t dim = ofBatch ? dims.batch : dims.channels;
    exprs.insert(exprs.begin() + dim, loop(0));
    return AffineMap::get(4 + 2 * count, 0, exprs, builder.getContext());
  }

  AffineMap resultMap() {
    SmallVector<AffineExpr> exprs(2 + count);
    exprs[spec.resultDims.batch] = loop(1);
    exprs[spec.resultDims.channels] = loop(2);
    for (int64_t spatial = 0; spatial < count; ++spatial)
      exprs[spec.resultDims.spatial[spatial]] = loop(3 + spatial);
    exprs.insert(exprs.begin() + spec.resultDims.channels, loop(0));
    return AffineMap::get(4 + 2 * count, 0, exprs, builder.getContext());
  }

  /// Zeros in the shape of the result, its channels split into groups.
  std::pair<Value, RankedTensorType> createInit(Value input, Value filter) {
    SmallVector<OpFoldResult> sizes(2 + count);
    const bool ofBatch = spec.batchGroups != 1;
    auto inputAt = [&](int64_t dim) {
      return dim + (dim > (ofBatch ? spec.inputDims.batch : spec.inputDims.channels));
    };
    auto filterAt = [&](int64_t dim) { return dim + (dim > spec.filterDims.channels); };
    sizes[spec.resultDims.batch] = tensor::getMixedSize(
        builder, loc, input, inputAt(spec.inputDims.batch) + (ofBatch ? 1 : 0));
    sizes[spec.resultDims.channels] =
        tensor::getMixedSize(builder, loc, filter, spec.filterDims.channels + 1);
    for (int64_t spatial = 0; spatial < count; ++spatial) {
      const SpatialSpec &window = spec.spatial[spatial];
      IndexExpr length(
          builder, loc,
          tensor::getMixedSize(builder, loc, input, inputAt(spec.inputDims.spatial[spatial])));
      IndexExpr taps(
          builder, loc,
          tensor::getMixedSize(builder, loc, filter, filterAt(spec.filterDims.spatial[spatial])));
      IndexExpr reach = (taps - IndexExpr(1)) * window.filterDilation + IndexExpr(1);
      IndexExpr positions = floorDiv(length - reach, window.stride) + IndexExpr(1);
      sizes[spec.resultDims.spatial[spatial]] = positions.materialize(builder, loc);
    }
    sizes.insert(sizes.begin() + spec.resultDims.channels, builder.getIndexAttr(groups));
    Type elementType = spec.result.getElementType();
    Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
    Value empty = tensor::EmptyOp::create(builder, loc, sizes, elementType);
    Value init = linalg::FillOp::create(builder, loc, zero, empty).getResult(0);
    return {init, cast<RankedTensorType>(init.getType())};
  }

  void multiplyAdd(OpBuilder &nested, Location at, ValueRange numbers) {
    Type type = spec.result.getElementType();
    Value a = convertNumber(nested, at, numbers[0], type);
    Value b = convertNumber(nested, at, numbers[1], type);
    Value sum;
    if (isa<FloatType>(type))
      sum = arith::AddFOp::create(nested, at, numbers[2], arith::MulFOp::create(nested, at, a, b));
    else
      sum = arith::AddIOp::create(nested, at, numbers[2], arith::MulIOp::create(nested, at, a, b));
    linalg::YieldOp::create(nested, at, sum);
  }

  Value joinResult(Value sums) {
    SmallVector<ReassociationIndices> lists;
    for (int64_t target = 0, source = 0; target < 2 + count; ++target, ++source) {
      lists.push_back({source});
      if (target == spec.resultDims.channels)
        lists.back().push_back(++source);
    }
    Value joined = tensor::CollapseShapeOp::create(builder, loc, sums, lists);
    return joined.getType() == spec.result
               ? joined
               : tensor::CastOp::create(builder, loc, spec.result, joined).getResult();
  }

  OpBuilder &builder;
  Location loc;
  const ConvolutionSpec &spec;
  TensorOps ops;
  int64_t count, groups;
};

} // namespace

Value mlir::tconv::lowerSpec(OpBuilder &builder, Location loc, const ConvolutionSpec &spec) {
  return Lowering(builder, loc, spec).lower();
}
