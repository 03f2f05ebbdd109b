//===- ConvolutionEmitter.cpp - Rotated filters and convolutions ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Emits the ordinary convolution that both decompositions end in. One group becomes
// a named linalg op, which other code generators recognise; groups become a
// linalg.generic over tensors whose channels are split into [group, channel].
//
//   layout          filter of one group      filter of several groups
//   channels_first  [Co, Ci, K...]           [G, Co/G, Ci/G, K...]
//   channels_last   [K..., Ci, Co]           [G, K..., Ci/G, Co/G]
//
//===----------------------------------------------------------------------===//

#include "LayerEmitter.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "llvm/ADT/Sequence.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The filter's dimensions in the order of the rotated filter's. The filter is
/// [Ci, Co, K...], or [G, Ci, Co, K...] if there are groups.
SmallVector<int64_t> rotatedOrder(bool grouped, bool channelsFirst, int64_t numSpatialDims) {
  int64_t ci = grouped, co = ci + 1;
  SmallVector<int64_t> order;
  if (grouped)
    order.push_back(0);
  if (channelsFirst)
    order.append({co, ci});
  for (int64_t spatial = 0; spatial < numSpatialDims; ++spatial)
    order.push_back(co + 1 + spatial);
  if (!channelsFirst)
    order.append({ci, co});
  return order;
}

/// A gather of taps, in reverse order, from the filter into an empty tensor.
struct FilterRotation {
  Value source;
  Value empty;
  /// The source's dimension for each dimension of the result.
  SmallVector<int64_t> order;
  int64_t firstSpatial;
  ArrayRef<TapRange> taps;
  /// The tap that comes first; from there on the taps go down.
  SmallVector<IndexExpr> lastTaps;
};

/// Whether the rotation is known when compiling.
bool isStatic(const FilterRotation &rotation) {
  auto isKnown = [](const IndexExpr &expr) { return expr.getConstant().has_value(); };
  return llvm::all_of(rotation.lastTaps, isKnown) &&
         llvm::all_of(rotation.taps, [&](const TapRange &range) { return isKnown(range.count); });
}

/// The rotation as an indexing map.
Value rotateByMap(RewriterBase &rewriter, Location loc, const FilterRotation &rotation) {
  const int64_t rank = rotation.order.size();
  SmallVector<AffineExpr> source(rank);
  for (auto [loop, dim] : llvm::enumerate(rotation.order))
    source[dim] = rewriter.getAffineDimExpr(loop);
  for (auto [spatial, last] : llvm::enumerate(rotation.lastTaps)) {
    AffineExpr &index = source[rotation.firstSpatial + spatial];
    index = *last.getConstant() - index * rotation.taps[spatial].step;
  }
  AffineMap maps[] = {AffineMap::get(rank, 0, source, rewriter.getContext()),
                      rewriter.getMultiDimIdentityMap(rank)};
  SmallVector<utils::IteratorType> parallel(rank, utils::IteratorType::parallel);
  auto body = [](OpBuilder &builder, Location loc, ValueRange args) {
    linalg::YieldOp::create(builder, loc, args[0]);
  };
  return linalg::GenericOp::create(rewriter, loc, rotation.empty.getType(), rotation.source,
                                   rotation.empty, maps, parallel, body)
      .getResult(0);
}

/// The rotation as index arithmetic: an indexing map cannot hold a value that is
/// known only at run time.
Value rotateByIndices(RewriterBase &rewriter, Location loc, const FilterRotation &rotation) {
  const int64_t rank = rotation.order.size();
  SmallVector<OpFoldResult> lastTaps;
  for (const IndexExpr &last : rotation.lastTaps)
    lastTaps.push_back(last.materialize(rewriter, loc));
  auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
    SmallVector<Value> indices(rank);
    for (auto [loop, dim] : llvm::enumerate(rotation.order))
      indices[dim] = linalg::IndexOp::create(builder, loc, loop);
    for (auto [spatial, last] : llvm::enumerate(lastTaps)) {
      Value &index = indices[rotation.firstSpatial + spatial];
      IndexExpr tap = IndexExpr(builder, loc, last) -
                      IndexExpr(builder, loc, index) * rotation.taps[spatial].step;
      index = getValueOrCreateConstantIndexOp(builder, loc, tap.materialize(builder, loc));
    }
    Value element = tensor::ExtractOp::create(builder, loc, rotation.source, indices);
    linalg::YieldOp::create(builder, loc, element);
  };
  SmallVector<utils::IteratorType> parallel(rank, utils::IteratorType::parallel);
  return linalg::GenericOp::create(rewriter, loc, rotation.empty.getType(), ValueRange{},
                                   rotation.empty, rewriter.getMultiDimIdentityMap(rank), parallel,
                                   body)
      .getResult(0);
}

/// {0}, ..., {dim, dim + 1}, ..., {rank}: dimension `dim` is split in two.
SmallVector<ReassociationIndices> splitOf(int64_t rank, int64_t dim) {
  SmallVector<ReassociationIndices> split;
  for (int64_t i = 0; i < rank; ++i)
    split.push_back(i == dim  ? ReassociationIndices{i, i + 1}
                    : i < dim ? ReassociationIndices{i}
                              : ReassociationIndices{i + 1});
  return split;
}

/// sum + a * b in the type of `sum`.
Value multiplyAdd(OpBuilder &builder, Location loc, Value a, Value b, Value sum) {
  Type type = sum.getType();
  if (isa<FloatType>(type)) {
    if (a.getType() != type) {
      a = arith::ExtFOp::create(builder, loc, type, a);
      b = arith::ExtFOp::create(builder, loc, type, b);
    }
    return arith::AddFOp::create(builder, loc, sum, arith::MulFOp::create(builder, loc, a, b));
  }
  a = arith::ExtSIOp::create(builder, loc, type, a);
  b = arith::ExtSIOp::create(builder, loc, type, b);
  return arith::AddIOp::create(builder, loc, sum, arith::MulIOp::create(builder, loc, a, b));
}

template <typename ConvOp>
Value createNamed(RewriterBase &rewriter, Location loc, Value input, Value filter, Value init,
                  ArrayRef<int64_t> dilations) {
  SmallVector<int64_t> ones(dilations.size(), 1);
  return ConvOp::create(rewriter, loc, init.getType(), ValueRange{input, filter}, init,
                        rewriter.getI64TensorAttr(ones), rewriter.getI64TensorAttr(dilations))
      .getResult(0);
}

} // namespace

Value LayerEmitter::splitChannels(Value tensor, int64_t channelDim) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<OpFoldResult> sizes = tensor::getMixedSizes(rewriter, loc, tensor);
  IndexExpr channels(rewriter, loc, sizes[channelDim]);
  sizes[channelDim] = materialize(floorDiv(channels, groups));
  sizes.insert(sizes.begin() + channelDim, rewriter.getIndexAttr(groups));
  SmallVector<int64_t> shape;
  for (OpFoldResult size : sizes)
    shape.push_back(getConstantIntValue(size).value_or(ShapedType::kDynamic));
  return tensor::ExpandShapeOp::create(rewriter, loc, type.clone(shape), tensor,
                                       splitOf(type.getRank(), channelDim), sizes);
}

Value LayerEmitter::createRotatedFilter(ArrayRef<TapRange> taps) {
  const bool grouped = groups > 1;
  FilterRotation rotation;
  rotation.taps = taps;
  rotation.firstSpatial = grouped ? 3 : 2;
  rotation.source = grouped ? splitChannels(filter, 0) : filter;
  rotation.order = rotatedOrder(grouped, channelsFirst(), numSpatialDims());
  SmallVector<OpFoldResult> kept = tensor::getMixedSizes(rewriter, loc, rotation.source), sizes;
  for (auto [spatial, range] : llvm::enumerate(taps)) {
    rotation.lastTaps.push_back(range.first + (range.count - IndexExpr(1)) * range.step);
    kept[rotation.firstSpatial + spatial] = materialize(range.count);
  }
  for (int64_t dim : rotation.order)
    sizes.push_back(kept[dim]);
  rotation.empty = tensor::EmptyOp::create(rewriter, loc, sizes, getElementTypeOrSelf(filter));
  return isStatic(rotation) ? rotateByMap(rewriter, loc, rotation)
                            : rotateByIndices(rewriter, loc, rotation);
}

Value LayerEmitter::createConvolution(Value input, Value rotatedFilter, Value init,
                                      ArrayRef<int64_t> dilations) {
  if (groups > 1)
    return createGroupedConvolution(input, rotatedFilter, init, dilations);
  using Create = Value (*)(RewriterBase &, Location, Value, Value, Value, ArrayRef<int64_t>);
  static constexpr Create named[][2] = {
      {createNamed<linalg::Conv1DNcwFcwOp>, createNamed<linalg::Conv1DNwcWcfOp>},
      {createNamed<linalg::Conv2DNchwFchwOp>, createNamed<linalg::Conv2DNhwcHwcfOp>},
      {createNamed<linalg::Conv3DNcdhwFcdhwOp>, createNamed<linalg::Conv3DNdhwcDhwcfOp>}};
  return named[numSpatialDims() - 1][!channelsFirst()](rewriter, loc, input, rotatedFilter, init,
                                                       dilations);
}

/// The maps of input, filter and result. Loops: n, g, co, o..., ci, k... if channels
/// come first, n, o..., g, co, k..., ci if last.
SmallVector<AffineMap> LayerEmitter::groupedConvolutionMaps(ArrayRef<int64_t> dilations) {
  const int64_t rank = numSpatialDims(), numLoops = 2 * rank + 4;
  auto loop = [&](int64_t index) { return rewriter.getAffineDimExpr(index); };
  auto loops = [&](int64_t begin) {
    return llvm::map_to_vector(llvm::seq(begin, begin + rank), loop);
  };
  AffineExpr n = loop(0);
  AffineExpr g = loop(channelsFirst() ? 1 : rank + 1), co = loop(channelsFirst() ? 2 : rank + 2);
  AffineExpr ci = loop(channelsFirst() ? rank + 3 : numLoops - 1);
  SmallVector<AffineExpr> o = loops(channelsFirst() ? 3 : 1);
  SmallVector<AffineExpr> k = loops(channelsFirst() ? rank + 4 : rank + 3), read;
  for (auto [position, tap, dilation] : llvm::zip_equal(o, k, dilations))
    read.push_back(position + tap * dilation);

  SmallVector<AffineExpr> x{n}, w{g}, y{n};
  if (channelsFirst()) {
    x.append({g, ci});
    w.append({co, ci});
    y.append({g, co});
  }
  x.append(read);
  w.append(k);
  y.append(o);
  if (!channelsFirst()) {
    x.append({g, ci});
    w.append({ci, co});
    y.append({g, co});
  }
  MLIRContext *context = rewriter.getContext();
  return {AffineMap::get(numLoops, 0, x, context), AffineMap::get(numLoops, 0, w, context),
          AffineMap::get(numLoops, 0, y, context)};
}

Value LayerEmitter::createGroupedConvolution(Value input, Value rotatedFilter, Value init,
                                             ArrayRef<int64_t> dilations) {
  int64_t channelDim = op.getChannelDim();
  Value splitInput = splitChannels(input, channelDim);
  Value splitInit = splitChannels(init, channelDim);
  SmallVector<utils::IteratorType> iterators(numSpatialDims() + 3, utils::IteratorType::parallel);
  iterators.append(numSpatialDims() + 1, utils::IteratorType::reduction);
  auto body = [](OpBuilder &builder, Location loc, ValueRange args) {
    linalg::YieldOp::create(builder, loc, multiplyAdd(builder, loc, args[0], args[1], args[2]));
  };
  Value output = linalg::GenericOp::create(rewriter, loc, splitInit.getType(),
                                           ValueRange{splitInput, rotatedFilter}, splitInit,
                                           groupedConvolutionMaps(dilations), iterators, body)
                     .getResult(0);
  auto type = cast<RankedTensorType>(init.getType());
  return tensor::CollapseShapeOp::create(rewriter, loc, type, output,
                                         splitOf(type.getRank(), channelDim));
}
