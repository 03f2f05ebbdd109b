//===- InsertZeros.cpp - Transposed convolution by zero insertion ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Form 2 of docs/architecture.md: the elements of x are spread `stride` apart into a
// tensor of zeros that is also padded, and an ordinary convolution with the rotated
// filter runs over it.
//
//   %y = tconv.conv_transpose %x, %w stride [2] padding [1]
//       : (tensor<1x1x4xf32>, tensor<1x1x4xf32>) -> tensor<1x1x8xf32>
//
// becomes
//
//   %spread = tensor.insert_slice %x into %zeros[0, 0, 2] [1, 1, 4] [1, 1, 2]
//       : tensor<1x1x4xf32> into tensor<1x1x11xf32>
//   %rotated = linalg.generic ... affine_map<(d0, d1, d2) -> (d1, d0, -d2 + 3)> ...
//   %y = linalg.conv_1d_ncw_fcw ins(%spread, %rotated : ...) outs(%zero8 : ...)
//
// Test: test/Transforms/insert-zeros.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Layers/LayerEmitter.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_INSERTZEROSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// A tensor of zeros in x's layout. Not a linalg.fill: upstream's canonicalisation of
/// tensor.insert_slice of a tensor.pad into one forgets the strides (as of LLVM 22.1).
Value createZeroBackground(LayerEmitter &emitter, ArrayRef<IndexExpr> spatial) {
  SmallVector<OpFoldResult> sizes = emitter.shapeOf(emitter.inputChannels, spatial);
  auto [shape, dynamicSizes] = decomposeMixedValues(sizes);
  Type elementType = getElementTypeOrSelf(emitter.input);
  auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
    Value zero = arith::ConstantOp::create(builder, loc, builder.getZeroAttr(elementType));
    tensor::YieldOp::create(builder, loc, zero);
  };
  return tensor::GenerateOp::create(emitter.rewriter, emitter.loc,
                                    RankedTensorType::get(shape, elementType), dynamicSizes, body);
}

/// The input with zeros between and around its elements.
Value createZeroInsertedInput(LayerEmitter &emitter) {
  SmallVector<IndexExpr> paddedSizes, begins, firsts, counts;
  SmallVector<int64_t> strides, ones(emitter.inputSizes.size(), 1);
  for (size_t spatial = 0; spatial < emitter.inputSizes.size(); ++spatial) {
    DimAttributes dim = emitter.op.getDimAttributes(spatial);
    auto insertion = zeroInsertion(emitter.inputSizes[spatial], emitter.kernelSizes[spatial],
                                   emitter.outputSizes[spatial], dim);
    paddedSizes.push_back(insertion.paddedSize);
    begins.push_back(insertion.begin);
    firsts.push_back(insertion.first);
    counts.push_back(insertion.count);
    strides.push_back(dim.stride);
  }
  Value zeros = createZeroBackground(emitter, paddedSizes);
  bool nothingLeft =
      llvm::any_of(counts, [](const IndexExpr &count) { return count.getConstant() == 0; });
  if (nothingLeft)
    return zeros;
  Slice source = emitter.sliceOf(emitter.inputChannels, firsts, counts, ones);
  Value kept = tensor::ExtractSliceOp::create(emitter.rewriter, emitter.loc, emitter.input,
                                              source.offsets, source.sizes, source.strides);
  Slice target = emitter.sliceOf(emitter.inputChannels, begins, counts, strides);
  return tensor::InsertSliceOp::create(emitter.rewriter, emitter.loc, kept, zeros, target.offsets,
                                       target.sizes, target.strides);
}

void remarkOn(ConvTransposeOp op) {
  remark::detail::InFlightRemark remark = remark::passed(
      op.getLoc(), remark::RemarkOpts::name("zero insertion").category("tconv-insert-zeros"));
  if (!remark)
    return;
  std::optional<Geometry> geometry = op.getGeometry();
  if (!geometry) {
    remark << remark::add("sizes known at run time");
    return;
  }
  remark << remark::add("{0} multiply-adds, of which {1} are useful",
                        ::tconv::formatCount(geometry->zeroInsertionMultiplyAdds()),
                        ::tconv::formatCount(geometry->usefulMultiplyAdds()));
}

/// The convolution over the zero-inserted input, in the result's element type.
Value convolve(LayerEmitter &emitter) {
  SmallVector<TapRange> taps;
  for (const IndexExpr &kernel : emitter.kernelSizes)
    taps.push_back({IndexExpr(0), kernel, 1});
  Value spread = createZeroInsertedInput(emitter);
  Value rotated = emitter.createRotatedFilter(taps);
  Value init = emitter.createBias(emitter.outputSizes, emitter.op.getAccumulatorType());
  Value sum = emitter.createConvolution(spread, rotated, init, emitter.op.getDilation());
  return emitter.roundToResult(sum);
}

LogicalResult rewriteByZeroInsertion(RewriterBase &rewriter, ConvTransposeOp op) {
  rewriter.setInsertionPoint(op);
  LayerEmitter emitter(rewriter, op);
  if (failed(emitter.checkIntermediateSizes()))
    return failure();
  remarkOn(op);
  Value output = emitter.isEmptyBatch() ? emitter.createEmptyOutput() : convolve(emitter);
  rewriter.replaceOp(op, emitter.castToResult(output));
  return success();
}

struct InsertZerosPass : mlir::tconv::impl::InsertZerosPassBase<InsertZerosPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    WalkResult result = getOperation()->walk(
        [&](ConvTransposeOp op) { return WalkResult(rewriteByZeroInsertion(rewriter, op)); });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
