//===- RaiseLinalg.cpp - Convolutions over inserted zeros as layers -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %spread = tensor.insert_slice %x into %zeros[0, 0, 1] [1, 1, 4] [1, 1, 2]
//       : tensor<1x1x4xf32> into tensor<1x1x9xf32>
//   %rotated = linalg.generic ... tensor.extract %w[%i1, %i0, %c3 - %i2] ...
//   %y = linalg.conv_1d_ncw_fcw ins(%spread, %rotated : ...) outs(%zeros6 : ...)
//
// becomes
//
//   %y = tconv.conv_transpose %x, %w stride [2] padding [2] ...
//
// What is proved, and how a layer is made of it, is in ConvolutionForm.h.
//
// Test: test/Transforms/Raise/raise-linalg.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "LinalgConvolution.h"
#include "Upsampling.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RAISELINALGPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("convolution").category("tconv-raise-linalg");
}

/// The tensor of one dimension that is the same along all others of a result, if it is
/// along the dimensions of its channels, as many as there are.
Value findBias(Value init, ArrayRef<int64_t> channels) {
  SmallVector<int64_t> dims(channels);
  if (!llvm::is_sorted(dims))
    return nullptr;
  while (auto expand = init.getDefiningOp<tensor::ExpandShapeOp>()) {
    SmallVector<int64_t> sources;
    for (auto [source, group] : llvm::enumerate(expand.getReassociationIndices())) {
      const auto count =
          llvm::count_if(group, [&](int64_t dim) { return llvm::is_contained(dims, dim); });
      if (count != 0 && count != static_cast<int64_t>(group.size()))
        return nullptr;
      if (count != 0)
        sources.push_back(source);
    }
    dims = sources;
    init = expand.getSrc();
  }
  auto op = init.getDefiningOp<linalg::LinalgOp>();
  if (dims.size() != 1 || !op || op.getNumDpsInputs() != 1 || op->getNumResults() != 1 ||
      op.getNumParallelLoops() != op.getNumLoops() ||
      op.getBlock()->getTerminator()->getOperand(0) != op.getBlock()->getArgument(0) ||
      !op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity())
    return nullptr;
  AffineMap map = op.getMatchingIndexingMap(op.getDpsInputOperand(0));
  Value bias = op.getDpsInputOperand(0)->get();
  auto type = dyn_cast<RankedTensorType>(bias.getType());
  const bool isAlongChannels = type && type.getRank() == 1 &&
                               map.getResult(0) == getAffineDimExpr(dims[0], map.getContext());
  return isAlongChannels ? bias : Value();
}

/// What the sums start with is added to a layer that has it neither as zeros nor as bias.
Value addInit(OpBuilder &builder, Location loc, Value layer, Value init) {
  if (isa<FloatType>(getElementTypeOrSelf(init)))
    return arith::AddFOp::create(builder, loc, layer, init);
  return arith::AddIOp::create(builder, loc, layer, init);
}

bool raise(IRRewriter &rewriter, linalg::LinalgOp op, std::string &obstacle) {
  SizeAnalysis analysis(op.getContext());
  std::optional<ConvolutionForm> form = readConvolution(op, analysis, obstacle);
  if (!form)
    return false;
  Value init = op.getDpsInitOperand(0)->get();
  const bool startsWithZeros = isZero(init);
  form->bias = startsWithZeros ? Value() : findBias(init, form->resultChannels);
  rewriter.setInsertionPoint(op);
  foldUpsampling(rewriter, op.getLoc(), getFilterOperand(op)->get(), *form);
  Value layer = raiseConvolution(rewriter, op.getLoc(), *form, analysis, obstacle);
  if (!layer)
    return false;
  if (layer.getType() != init.getType())
    layer = tensor::CastOp::create(rewriter, op.getLoc(), init.getType(), layer);
  if (!startsWithZeros && !form->bias)
    layer = addInit(rewriter, op.getLoc(), layer, init);
  rewriter.replaceOp(op, layer);
  return true;
}

struct RaiseLinalgPass : mlir::tconv::impl::RaiseLinalgPassBase<RaiseLinalgPass> {
  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> ops;
    getOperation()->walk([&](linalg::LinalgOp op) {
      if (looksLikeConvolution(op))
        ops.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::LinalgOp op : ops) {
      const std::string name = op->getName().getStringRef().str();
      const Location loc = op.getLoc();
      std::string obstacle;
      if (raise(rewriter, op, obstacle))
        remark::passed(loc, describeRemark())
            << remark::add("{0} is a transposed convolution", name);
      else
        remark::missed(loc, describeRemark())
            << name << " is left as it is: " << remark::reason("{0}", obstacle);
    }
  }
};

} // namespace
