//===- LayerEmitter.cpp - What the decompositions are made of -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerEmitter.h"

#include "tconv/Geometry/CheckedInt.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::CheckedInt;

LayerEmitter::LayerEmitter(RewriterBase &rewriter, ConvTransposeOp op)
    : rewriter(rewriter), loc(op.getLoc()), op(op), input(op.getInput()), filter(op.getFilter()),
      bias(op.getBias()), groups(op.getGroups()), batch(0), inputChannels(0), outputChannels(0) {
  unifySizes();
  const ::tconv::ZeroPoints zero = op.getZeroPoints();
  if (!zero.areDefault()) {
    input = subtractZeroPoint(input, zero.input, zero.inputUnsigned);
    filter = subtractZeroPoint(filter, zero.filter, /*isUnsigned=*/false);
  }
  batch = sizeOf(input, 0);
  inputChannels = sizeOf(input, op.getChannelDim());
  outputChannels = sizeOf(filter, 1) * groups;
  for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial) {
    int64_t dim = op.getSpatialDim(spatial);
    inputSizes.push_back(sizeOf(input, dim));
    kernelSizes.push_back(sizeOf(filter, spatial + 2));
    int64_t declared = op.getOutputType().getDimSize(dim);
    outputSizes.push_back(
        ShapedType::isDynamic(declared)
            ? outputSize(inputSizes.back(), kernelSizes.back(), op.getDimAttributes(spatial))
            : IndexExpr(declared));
  }
}

IndexExpr LayerEmitter::sizeOf(Value tensor, int64_t dim) {
  return IndexExpr(rewriter, loc, tensor::getMixedSize(rewriter, loc, tensor, dim));
}

/// The first static one of some sizes that must be equal.
static int64_t staticSize(std::initializer_list<int64_t> sizes) {
  for (int64_t size : sizes)
    if (!ShapedType::isDynamic(size))
      return size;
  return ShapedType::kDynamic;
}

/// The tensor with a size made static, if it is not already.
static Value withSize(RewriterBase &rewriter, Value tensor, int64_t dim, int64_t size) {
  auto type = cast<RankedTensorType>(tensor.getType());
  if (ShapedType::isDynamic(size) || !type.isDynamicDim(dim))
    return tensor;
  SmallVector<int64_t> shape(type.getShape());
  shape[dim] = size;
  return tensor::CastOp::create(rewriter, tensor.getLoc(), type.clone(shape), tensor);
}

void LayerEmitter::unifySizes() {
  RankedTensorType x = op.getInputType(), w = op.getFilterType(), y = op.getOutputType();
  int64_t channelDim = op.getChannelDim();
  int64_t biasSize = bias ? op.getBias().getType().getDimSize(0) : ShapedType::kDynamic;
  int64_t outputs = staticSize({y.getDimSize(channelDim), biasSize});
  int64_t perGroup = ShapedType::isDynamic(outputs) ? outputs : outputs / groups;
  int64_t inputs = staticSize({x.getDimSize(channelDim), w.getDimSize(0)});
  input = withSize(rewriter, input, 0, y.getDimSize(0));
  input = withSize(rewriter, input, channelDim, inputs);
  filter = withSize(rewriter, filter, 0, inputs);
  filter = withSize(rewriter, filter, 1, perGroup);
  if (!bias)
    return;
  int64_t known =
      staticSize({outputs, w.isDynamicDim(1) ? w.getDimSize(1) : w.getDimSize(1) * groups});
  bias = withSize(rewriter, bias, 0, known);
}

/// A tensor of i8 as one of i16, which holds every difference.
Value LayerEmitter::subtractZeroPoint(Value bytes, int64_t zeroPoint, bool isUnsigned) {
  Type wide = rewriter.getI16Type();
  Value init =
      tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, bytes), wide);
  const int64_t rank = cast<RankedTensorType>(bytes.getType()).getRank();
  AffineMap identity = rewriter.getMultiDimIdentityMap(rank);
  SmallVector<utils::IteratorType> parallel(rank, utils::IteratorType::parallel);
  auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
    Value number = isUnsigned ? arith::ExtUIOp::create(builder, loc, wide, args[0]).getResult()
                              : arith::ExtSIOp::create(builder, loc, wide, args[0]).getResult();
    Value zero = arith::ConstantOp::create(builder, loc, builder.getI16IntegerAttr(zeroPoint));
    linalg::YieldOp::create(builder, loc,
                            arith::SubIOp::create(builder, loc, number, zero).getResult());
  };
  return linalg::GenericOp::create(rewriter, loc, init.getType(), bytes, init,
                                   ArrayRef<AffineMap>{identity, identity}, parallel, body)
      .getResult(0);
}

LogicalResult LayerEmitter::checkIntermediateSizes() {
  auto known = [](const IndexExpr &size) { return CheckedInt(size.getConstant().value_or(1)); };
  CheckedInt bytes = max(known(inputChannels), known(outputChannels)) * known(batch) * 8;
  for (int64_t spatial = 0; spatial < numSpatialDims(); ++spatial) {
    CheckedInt halo =
        (known(kernelSizes[spatial]) - CheckedInt(1)) * op.getDimAttributes(spatial).dilation;
    bytes = bytes * (known(inputSizes[spatial]) + known(outputSizes[spatial]) + halo * 2);
  }
  if (bytes.overflowed())
    return op.emitOpError("expected intermediate tensors of less than 2^63 bytes, got an input of ")
           << input.getType() << " and a filter of " << filter.getType();
  return success();
}

SmallVector<OpFoldResult> LayerEmitter::shapeOf(const IndexExpr &channels,
                                                ArrayRef<IndexExpr> spatial) {
  SmallVector<OpFoldResult> shape{materialize(batch)};
  for (const IndexExpr &size : spatial)
    shape.push_back(materialize(size));
  shape.insert(shape.begin() + op.getChannelDim(), materialize(channels));
  return shape;
}

Slice LayerEmitter::sliceOf(const IndexExpr &channels, ArrayRef<IndexExpr> offsets,
                            ArrayRef<IndexExpr> sizes, ArrayRef<int64_t> strides) {
  Slice slice;
  slice.sizes = shapeOf(channels, sizes);
  slice.offsets.assign(slice.sizes.size(), rewriter.getIndexAttr(0));
  slice.strides.assign(slice.sizes.size(), rewriter.getIndexAttr(1));
  for (int64_t spatial = 0; spatial < numSpatialDims(); ++spatial) {
    slice.offsets[op.getSpatialDim(spatial)] = materialize(offsets[spatial]);
    slice.strides[op.getSpatialDim(spatial)] = rewriter.getIndexAttr(strides[spatial]);
  }
  return slice;
}

Value LayerEmitter::createEmptyOutput() {
  return tensor::EmptyOp::create(rewriter, loc, shapeOf(outputChannels, outputSizes),
                                 op.getOutputType().getElementType());
}

Value LayerEmitter::createZeros(const IndexExpr &channels, ArrayRef<IndexExpr> spatial,
                                Type elementType) {
  Value empty = tensor::EmptyOp::create(rewriter, loc, shapeOf(channels, spatial), elementType);
  Value zero = arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(elementType));
  return linalg::FillOp::create(rewriter, loc, zero, empty).getResult(0);
}

Value LayerEmitter::createBias(ArrayRef<IndexExpr> spatial, Type elementType) {
  if (!bias)
    return createZeros(outputChannels, spatial, elementType);
  Value empty =
      tensor::EmptyOp::create(rewriter, loc, shapeOf(outputChannels, spatial), elementType);
  int64_t rank = numSpatialDims() + 2;
  AffineMap identity = rewriter.getMultiDimIdentityMap(rank);
  AffineMap channel = identity.getSubMap({static_cast<unsigned>(op.getChannelDim())});
  SmallVector<utils::IteratorType> parallel(rank, utils::IteratorType::parallel);
  auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
    Value value = args[0];
    if (value.getType() != elementType)
      value = arith::ExtFOp::create(builder, loc, elementType, value);
    linalg::YieldOp::create(builder, loc, value);
  };
  return linalg::GenericOp::create(rewriter, loc, empty.getType(), bias, empty,
                                   ArrayRef<AffineMap>{channel, identity}, parallel, body)
      .getResult(0);
}

Value LayerEmitter::roundToResult(Value accumulated) {
  Type elementType = op.getOutputType().getElementType();
  auto type = cast<RankedTensorType>(accumulated.getType());
  if (type.getElementType() == elementType)
    return accumulated;
  Value empty = tensor::EmptyOp::create(
      rewriter, loc, tensor::getMixedSizes(rewriter, loc, accumulated), elementType);
  AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
  SmallVector<utils::IteratorType> parallel(type.getRank(), utils::IteratorType::parallel);
  auto body = [&](OpBuilder &builder, Location loc, ValueRange args) {
    Value rounded = arith::TruncFOp::create(builder, loc, elementType, args[0]);
    linalg::YieldOp::create(builder, loc, rounded);
  };
  return linalg::GenericOp::create(rewriter, loc, empty.getType(), accumulated, empty,
                                   ArrayRef<AffineMap>{identity, identity}, parallel, body)
      .getResult(0);
}

Value LayerEmitter::castToResult(Value output) {
  if (output.getType() == op.getOutputType())
    return output;
  return tensor::CastOp::create(rewriter, loc, op.getOutputType(), output);
}
