//===- ExpandOps.cpp - Ops that nothing lowers as they are ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tensor.reshape %x(%shape) : (tensor<2x8xf32>, tensor<2xindex>) -> tensor<?x?xf32>
//
// becomes
//
//   %a = tensor.extract %shape[%c0]
//   %b = tensor.extract %shape[%c1]
//   %flat = tensor.collapse_shape %x [[0, 1]] : tensor<2x8xf32> into tensor<16xf32>
//   %y = tensor.expand_shape %flat [[0, 1]] output_shape [%a, %b]
//
// and so on, with linalg's ops that stand for several others, selections of whole tensors, and
// masks of transfers. Nothing is simplified on the way: upstream's folding forgets those masks.
//
// Test: test/Transforms/expand-ops.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Dialect/Vector/Transforms/LoweringPatterns.h"
#include "mlir/Transforms/WalkPatternRewriteDriver.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_EXPANDOPSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// linalg.softmax and its like know what they stand for.
struct DecomposeAggregate : OpInterfaceRewritePattern<linalg::AggregatedOpInterface> {
  using OpInterfaceRewritePattern::OpInterfaceRewritePattern;

  LogicalResult matchAndRewrite(linalg::AggregatedOpInterface op,
                                PatternRewriter &rewriter) const override {
    FailureOr<SmallVector<Value>> values = op.decomposeOperation(rewriter);
    if (failed(values))
      return failure();
    rewriter.replaceOp(op, *values);
    return success();
  }
};

template <typename Op, auto decompose> struct Decompose : OpRewritePattern<Op> {
  using OpRewritePattern<Op>::OpRewritePattern;

  LogicalResult matchAndRewrite(Op op, PatternRewriter &rewriter) const override {
    return success(succeeded(decompose(rewriter, op)));
  }
};

FailureOr<linalg::LowerPackResult> lowerPack(RewriterBase &rewriter, linalg::PackOp op) {
  return linalg::lowerPack(rewriter, op);
}
FailureOr<linalg::LowerUnPackOpResult> lowerUnPack(RewriterBase &rewriter, linalg::UnPackOp op) {
  return linalg::lowerUnPack(rewriter, op);
}

/// Through one dimension: the sizes on both sides have nothing to do with each other.
struct ExpandReshape : OpRewritePattern<tensor::ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::ReshapeOp op, PatternRewriter &rewriter) const override {
    auto source = dyn_cast<RankedTensorType>(op.getSource().getType());
    auto result = dyn_cast<RankedTensorType>(op.getResult().getType());
    if (!source || !result)
      return failure();
    Value flat = flatten(op, source, rewriter);
    if (result.getRank() == 0) {
      Value one = castSize(flat, 1, rewriter);
      rewriter.replaceOpWithNewOp<tensor::CollapseShapeOp>(op, result, one,
                                                           ArrayRef<ReassociationIndices>());
      return success();
    }
    SmallVector<OpFoldResult> sizes;
    for (int64_t dim = 0; dim < result.getRank(); ++dim)
      sizes.push_back(result.isDynamicDim(dim)
                          ? sizeFrom(op, dim, rewriter)
                          : OpFoldResult(rewriter.getIndexAttr(result.getDimSize(dim))));
    int64_t elements = result.hasStaticShape() ? result.getNumElements() : ShapedType::kDynamic;
    rewriter.replaceOpWithNewOp<tensor::ExpandShapeOp>(
        op, result, castSize(flat, elements, rewriter), allDims(result.getRank()), sizes);
    return success();
  }

private:
  static SmallVector<ReassociationIndices> allDims(int64_t rank) {
    return {llvm::to_vector<2>(llvm::seq<int64_t>(rank))};
  }

  static Value flatten(tensor::ReshapeOp op, RankedTensorType source, PatternRewriter &rewriter) {
    int64_t elements = source.hasStaticShape() ? source.getNumElements() : ShapedType::kDynamic;
    auto type = RankedTensorType::get({elements}, source.getElementType());
    if (source.getRank() == 1)
      return op.getSource();
    if (source.getRank() == 0)
      return tensor::ExpandShapeOp::create(rewriter, op.getLoc(), type, op.getSource(),
                                           ArrayRef<ReassociationIndices>());
    return tensor::CollapseShapeOp::create(rewriter, op.getLoc(), type, op.getSource(),
                                           allDims(source.getRank()));
  }

  static Value castSize(Value flat, int64_t size, PatternRewriter &rewriter) {
    auto type = cast<RankedTensorType>(flat.getType());
    if (type.getDimSize(0) == size)
      return flat;
    return tensor::CastOp::create(rewriter, flat.getLoc(), type.clone({size}), flat);
  }

  static OpFoldResult sizeFrom(tensor::ReshapeOp op, int64_t dim, PatternRewriter &rewriter) {
    Location loc = op.getLoc();
    Value position = arith::ConstantIndexOp::create(rewriter, loc, dim);
    Value size = tensor::ExtractOp::create(rewriter, loc, op.getShape(), position);
    if (!size.getType().isIndex())
      size = arith::IndexCastOp::create(rewriter, loc, rewriter.getIndexType(), size);
    return size;
  }
};

/// Elements that are anything at all are those of a buffer that nobody has written to.
struct ExpandPoison : OpRewritePattern<ub::PoisonOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(ub::PoisonOp op, PatternRewriter &rewriter) const override {
    auto type = dyn_cast<RankedTensorType>(op.getType());
    if (!type || !type.hasStaticShape())
      return failure();
    rewriter.replaceOpWithNewOp<tensor::EmptyOp>(op, type.getShape(), type.getElementType());
    return success();
  }
};

/// An elementwise op with the same meaning.
struct ExpandBitcast : OpRewritePattern<tensor::BitcastOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::BitcastOp op, PatternRewriter &rewriter) const override {
    rewriter.replaceOpWithNewOp<arith::BitcastOp>(op, op.getType(), op.getSource());
    return success();
  }
};

/// One of two tensors as a whole, which may be of different sizes. Upstream would select their
/// elements.
struct ExpandSelection : OpRewritePattern<arith::SelectOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(arith::SelectOp op, PatternRewriter &rewriter) const override {
    if (!isa<TensorType>(op.getType()) || !op.getCondition().getType().isInteger(1))
      return failure();
    auto choice = scf::IfOp::create(rewriter, op.getLoc(), op.getType(), op.getCondition(),
                                    /*withElseRegion=*/true);
    rewriter.setInsertionPointToStart(choice.thenBlock());
    scf::YieldOp::create(rewriter, op.getLoc(), op.getTrueValue());
    rewriter.setInsertionPointToStart(choice.elseBlock());
    scf::YieldOp::create(rewriter, op.getLoc(), op.getFalseValue());
    rewriter.replaceOp(op, choice.getResults());
    return success();
  }
};

/// Whether a read or a write leaves out elements of a tensor whose dimensions it does not permute.
bool isMaskedOnTensor(VectorTransferOpInterface op) {
  return op.getMask() && isa<TensorType>(op.getBase().getType()) &&
         op.getPermutationMap().isMinorIdentity();
}

/// Elements that a mask leaves out of a read are those of the padding.
struct ExpandMaskedRead : OpRewritePattern<vector::TransferReadOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(vector::TransferReadOp op,
                                PatternRewriter &rewriter) const override {
    if (!isMaskedOnTensor(op))
      return failure();
    Value mask = op.getMask();
    rewriter.setInsertionPointAfter(op);
    Value padding =
        vector::BroadcastOp::create(rewriter, op.getLoc(), op.getVectorType(), op.getPadding());
    auto chosen = arith::SelectOp::create(rewriter, op.getLoc(), mask, op.getVector(), padding);
    rewriter.replaceAllUsesExcept(op.getVector(), chosen.getResult(), chosen);
    rewriter.modifyOpInPlace(op, [&] { op.getMaskMutable().clear(); });
    return success();
  }
};

/// Elements that a mask leaves out of a write keep what the tensor has there.
struct ExpandMaskedWrite : OpRewritePattern<vector::TransferWriteOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(vector::TransferWriteOp op,
                                PatternRewriter &rewriter) const override {
    if (!isMaskedOnTensor(op))
      return failure();
    Value mask = op.getMask();
    Location loc = op.getLoc();
    Type element = op.getVectorType().getElementType();
    Value zero = arith::ConstantOp::create(rewriter, loc, rewriter.getZeroAttr(element));
    Value old = vector::TransferReadOp::create(rewriter, loc, op.getVectorType(), op.getBase(),
                                               op.getIndices(), zero, op.getPermutationMap(),
                                               op.getInBoundsValues());
    Value chosen = arith::SelectOp::create(rewriter, loc, mask, op.getValueToStore(), old);
    rewriter.modifyOpInPlace(op, [&] {
      op.getValueToStoreMutable().assign(chosen);
      op.getMaskMutable().clear();
    });
    return success();
  }
};

struct ExpandOpsPass : mlir::tconv::impl::ExpandOpsPassBase<ExpandOpsPass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet masks(context);
    vector::populateVectorMaskLoweringPatternsForSideEffectingOps(masks);
    walkAndApplyPatterns(getOperation(), std::move(masks));
    RewritePatternSet patterns(context);
    patterns.add<
        DecomposeAggregate, ExpandReshape, ExpandBitcast, ExpandPoison, ExpandSelection,
        ExpandMaskedRead, ExpandMaskedWrite, Decompose<linalg::PackOp, lowerPack>,
        Decompose<linalg::UnPackOp, lowerUnPack>,
        Decompose<linalg::WinogradFilterTransformOp, linalg::decomposeWinogradFilterTransformOp>,
        Decompose<linalg::WinogradInputTransformOp, linalg::decomposeWinogradInputTransformOp>,
        Decompose<linalg::WinogradOutputTransformOp, linalg::decomposeWinogradOutputTransformOp>>(
        context);
    walkAndApplyPatterns(getOperation(), std::move(patterns));
  }
};

} // namespace
