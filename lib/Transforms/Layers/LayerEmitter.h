//===- LayerEmitter.h - What the decompositions are made of --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pieces of IR that zero insertion and the phase form share: tensors filled with
// the bias, filters rotated into the layout of an ordinary convolution, and that
// convolution itself, for every rank, layout, group count and type.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_LAYEREMITTER_H
#define TCONV_LIB_TRANSFORMS_LAYERS_LAYEREMITTER_H

#include "Names.h"

#include "tconv/IR/IndexExpr.h"
#include "tconv/IR/TconvOps.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::tconv {

/// Every `step`-th tap of one spatial dimension, `count` of them from `first` on.
struct TapRange {
  IndexExpr first;
  IndexExpr count;
  int64_t step;
};

/// A slice in the terms of tensor.extract_slice, for a tensor in x's layout.
struct Slice {
  SmallVector<OpFoldResult> offsets, sizes, strides;
};

class LayerEmitter {
public:
  /// Makes the sizes that the operands imply for each other static. Bytes with zero points become
  /// numbers of 16 bits less those.
  LayerEmitter(RewriterBase &rewriter, ConvTransposeOp op);

  /// An error on the op if an intermediate tensor would exceed 2^63 bytes.
  LogicalResult checkIntermediateSizes();

  /// Whether the batch is known to be 0, so that there is nothing to compute.
  bool isEmptyBatch() const { return batch.getConstant() == 0; }
  /// A tensor in y's layout with undefined elements.
  Value createEmptyOutput();
  /// A tensor in x's layout, filled with zeros.
  Value createZeros(const IndexExpr &channels, ArrayRef<IndexExpr> spatial, Type elementType);
  /// A tensor in y's layout, filled with the bias, or with zeros.
  Value createBias(ArrayRef<IndexExpr> spatial, Type elementType);
  /// The filter's taps in reverse order, laid out for `createConvolution`.
  Value createRotatedFilter(ArrayRef<TapRange> taps);
  /// init + the stride-1 convolution of `input`, in x's layout.
  Value createConvolution(Value input, Value rotatedFilter, Value init,
                          ArrayRef<int64_t> dilations);
  /// Accumulated values as elements of the result.
  Value roundToResult(Value accumulated);
  /// The result with the type that the op declares.
  Value castToResult(Value output);

  /// The sizes of a tensor in x's layout.
  SmallVector<OpFoldResult> shapeOf(const IndexExpr &channels, ArrayRef<IndexExpr> spatial);
  /// A slice over the whole batch and all `channels`.
  Slice sliceOf(const IndexExpr &channels, ArrayRef<IndexExpr> offsets, ArrayRef<IndexExpr> sizes,
                ArrayRef<int64_t> strides);
  OpFoldResult materialize(const IndexExpr &expr) { return expr.materialize(rewriter, loc); }

  RewriterBase &rewriter;
  Location loc;
  ConvTransposeOp op;
  Value input, filter, bias;
  int64_t groups;
  IndexExpr batch, inputChannels, outputChannels;
  SmallVector<IndexExpr> inputSizes, kernelSizes, outputSizes;

private:
  int64_t numSpatialDims() const { return inputSizes.size(); }
  bool channelsFirst() { return op.getLayout() == Layout::ChannelsFirst; }
  IndexExpr sizeOf(Value tensor, int64_t dim);
  void unifySizes();
  Value subtractZeroPoint(Value bytes, int64_t zeroPoint, bool isUnsigned);
  SmallVector<AffineMap> groupedConvolutionMaps(ArrayRef<int64_t> dilations);
  Value createGroupedConvolution(Value input, Value rotatedFilter, Value init,
                                 ArrayRef<int64_t> dilations);
  Value splitChannels(Value tensor, int64_t channelDim);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_LAYEREMITTER_H
