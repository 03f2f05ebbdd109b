//===- KernelCanonicalize.cpp - Kernels on tensors of sizes that are known ===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A cast that forgets sizes is of no use to a kernel. Upstream folds such casts into any op with a
// destination by cloning it, which an op whose region is empty does not survive: so this comes
// first.
//
// Test: test/IR/canonicalize-kernel.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// What a value was before its sizes were forgotten.
Value rememberSizes(Value value) {
  auto cast = value.getDefiningOp<tensor::CastOp>();
  return cast && tensor::canFoldIntoConsumerOp(cast) ? cast.getSource() : value;
}

struct FoldCasts : OpRewritePattern<KernelOp> {
  explicit FoldCasts(MLIRContext *context) : OpRewritePattern(context, /*benefit=*/2) {}

  LogicalResult matchAndRewrite(KernelOp op, PatternRewriter &rewriter) const override {
    auto isForgotten = [](Value value) { return rememberSizes(value) != value; };
    if (llvm::none_of(op->getOperands(), isForgotten))
      return failure();
    SmallVector<OpOperand *> likeResult;
    for (OpOperand &operand : op->getOpOperands())
      if (isLikeResult(op, operand))
        likeResult.push_back(&operand);
      else
        rewriter.modifyOpInPlace(op, [&] { operand.set(rememberSizes(operand.get())); });
    const SmallVector<int64_t> shape = mergeShapes(op, likeResult);
    rewriter.setInsertionPoint(op);
    for (OpOperand *operand : likeResult) {
      Value value = rememberSizes(operand->get());
      auto type = cast<RankedTensorType>(value.getType()).clone(shape);
      if (value.getType() != type)
        value = tensor::CastOp::create(rewriter, op.getLoc(), type, value);
      rewriter.modifyOpInPlace(op, [&] { operand->set(value); });
    }
    setResultType(op, rewriter);
    return success();
  }

  /// Whether an operand has the shape of the result.
  static bool isLikeResult(KernelOp op, OpOperand &operand) {
    auto isOperand = [&](OpOperand &other) { return &other == &operand; };
    return isOperand(op.getInitMutable()) || (llvm::any_of(op.getNeighboursMutable(), isOperand) &&
                                              !KernelOp::isPerChannel(operand.get()));
  }

  /// The sizes that any of the operands knows.
  static SmallVector<int64_t> mergeShapes(KernelOp op, ArrayRef<OpOperand *> operands) {
    SmallVector<int64_t> shape(op.getOutputType().getShape());
    for (OpOperand *operand : operands) {
      auto type = cast<ShapedType>(rememberSizes(operand->get()).getType());
      for (auto [size, known] : llvm::zip_equal(shape, type.getShape()))
        if (ShapedType::isDynamic(size))
          size = known;
    }
    return shape;
  }

  /// That of the destination.
  static void setResultType(KernelOp op, PatternRewriter &rewriter) {
    Type type = op.getInit().getType();
    if (op.getNumResults() == 0 || op.getOutput().getType() == type)
      return;
    Type former = op.getOutput().getType();
    rewriter.modifyOpInPlace(op, [&] { op.getOutput().setType(cast<RankedTensorType>(type)); });
    rewriter.setInsertionPointAfter(op);
    auto forgotten = tensor::CastOp::create(rewriter, op.getLoc(), former, op.getOutput());
    rewriter.replaceAllUsesExcept(op.getOutput(), forgotten, forgotten);
  }
};

} // namespace

void KernelOp::getCanonicalizationPatterns(RewritePatternSet &patterns, MLIRContext *context) {
  patterns.add<FoldCasts>(context);
}
