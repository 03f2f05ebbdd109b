//===- ConvTransposeCanonicalize.cpp - Canonical forms of conv_transpose --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A bias of zeros is dropped, and sizes that operands and attributes imply are made
// static: casts that only forget sizes are looked through, and the result type is
// inferred again.
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

struct DropZeroBias : OpRewritePattern<ConvTransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvTransposeOp op, PatternRewriter &rewriter) const override {
    Value bias = op.getBias();
    // A bias of unknown length is kept: that it fits is still to be checked.
    if (!bias ||
        op.getBias().getType().getDimSize(0) != op.inferOutputType().getDimSize(op.getChannelDim()))
      return rewriter.notifyMatchFailure(op, "no bias of known length");
    if (!matchPattern(bias, m_Zero()) && !matchPattern(bias, m_AnyZeroFloat()))
      return rewriter.notifyMatchFailure(op, "the bias is not a constant zero");
    rewriter.modifyOpInPlace(op, [&] { op.getBiasMutable().clear(); });
    return success();
  }
};

/// The operand before a cast that only forgets sizes.
Value withStaticSizes(Value operand) {
  auto cast = operand ? operand.getDefiningOp<tensor::CastOp>() : nullptr;
  return cast && tensor::canFoldIntoConsumerOp(cast) ? cast.getSource() : operand;
}

/// The sizes of `a`, and those of `b` where `a` has none.
RankedTensorType mergeSizes(RankedTensorType a, RankedTensorType b) {
  SmallVector<int64_t> shape(a.getShape());
  for (auto [size, other] : llvm::zip_equal(shape, b.getShape()))
    size = ShapedType::isDynamic(size) ? other : size;
  return RankedTensorType::get(shape, a.getElementType());
}

struct InferStaticSizes : OpRewritePattern<ConvTransposeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ConvTransposeOp op, PatternRewriter &rewriter) const override {
    auto signature = ConvTransposeSignature::of(op);
    Value input = withStaticSizes(op.getInput()), filter = withStaticSizes(op.getFilter()),
          bias = withStaticSizes(op.getBias());
    signature.input = cast<RankedTensorType>(input.getType());
    signature.filter = cast<RankedTensorType>(filter.getType());
    signature.bias = bias ? cast<RankedTensorType>(bias.getType()) : RankedTensorType();
    // Sizes may turn out to contradict each other: that is reported where the op
    // executes, which it perhaps never does.
    if (!signature.verify())
      return rewriter.notifyMatchFailure(op, "the static sizes contradict each other");
    signature.output = mergeSizes(signature.output, signature.inferOutput());
    bool sameOperands = input == op.getInput() && filter == op.getFilter() && bias == op.getBias();
    if (sameOperands && signature.output == op.getOutputType())
      return rewriter.notifyMatchFailure(op, "all sizes that are implied are static");
    auto refined = ConvTransposeOp::create(
        rewriter, op.getLoc(), signature.output, input, filter, bias, op.getStrideAttr(),
        op.getPaddingBeginAttr(), op.getPaddingEndAttr(), op.getDilationAttr(),
        op.getOutputPaddingAttr(), op.getGroupsAttr(), op.getLayoutAttr(), op.getScheduleAttr(),
        op.getInputZeroPointAttr(), op.getFilterZeroPointAttr(), op.getInputUnsignedAttr());
    refined->setDiscardableAttrs(op->getDiscardableAttrDictionary());
    if (signature.output == op.getOutputType())
      rewriter.replaceOp(op, refined);
    else
      rewriter.replaceOpWithNewOp<tensor::CastOp>(op, op.getOutputType(), refined);
    return success();
  }
};

} // namespace

void ConvTransposeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                                  MLIRContext *context) {
  patterns.add<DropZeroBias, InferStaticSizes>(context);
}
