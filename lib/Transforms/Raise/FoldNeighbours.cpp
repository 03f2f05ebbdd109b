//===- FoldNeighbours.cpp - Layers take their neighbours along ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w stride [2] ...
//   %cut = tensor.extract_slice %y[0, 0, 1] [1, 2, 8] [1, 1, 1] ...
//   %z = arith.addf %cut, %shifts ...
//
// becomes
//
//   %z = tconv.conv_transpose %x, %w, %bias stride [2] padding [1] ...
//
// What can be taken is in LayerRewrites.h; one may open the way to another, so that they
// are tried until none applies.
//
// Test: test/Transforms/Raise/fold-neighbours.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "ConstantElements.h"
#include "LayerRewrites.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_FOLDNEIGHBOURSPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

struct Rewrite {
  ConvTransposeOp (*apply)(IRRewriter &, ConvTransposeOp);
  StringRef sentence;
};

constexpr Rewrite rewrites[] = {
    {foldPad, "a pad of zeros is in the padding"},
    {foldCrop, "a crop is in the padding"},
    {foldTransposes, "transposes to the other layout and back are in the layout"},
    {foldChannelConstants, "scales and shifts of channels are in the filter and the bias"},
};

void foldInto(IRRewriter &rewriter, ConvTransposeOp layer) {
  for (size_t number = 0; number < std::size(rewrites);) {
    ConvTransposeOp folded = rewrites[number].apply(rewriter, layer);
    if (!folded) {
      ++number;
      continue;
    }
    layer = folded;
    remark::passed(layer.getLoc(),
                   remark::RemarkOpts::name("neighbour").category("tconv-fold-neighbours"))
        << rewrites[number].sentence;
    number = 0;
  }
}

/// Says that every element of an operand is one number, where ops have computed that.
void fillOperand(OpOperand &operand, ConstantElements &elements) {
  auto type = dyn_cast<RankedTensorType>(operand.get().getType());
  Operation *op = operand.get().getDefiningOp();
  if (!type || !op || isa<linalg::FillOp, tensor::SplatOp>(op) ||
      matchPattern(operand.get(), m_Constant()))
    return;
  std::optional<llvm::SmallBitVector> dims = elements.varyingDims(operand.get());
  if (!dims || dims->any())
    return;
  auto number = dyn_cast_if_present<TypedAttr>(
      elements.at(operand.get(), SmallVector<int64_t>(type.getRank(), 0)));
  if (!number || number.getType() != type.getElementType())
    return;
  OpBuilder builder(operand.getOwner());
  const Location loc = operand.getOwner()->getLoc();
  Value init = tensor::EmptyOp::create(builder, loc, type.getShape(), type.getElementType());
  Value scalar = arith::ConstantOp::create(builder, loc, number);
  operand.set(linalg::FillOp::create(builder, loc, scalar, init)->getResult(0));
}

struct FoldNeighboursPass : mlir::tconv::impl::FoldNeighboursPassBase<FoldNeighboursPass> {
  void runOnOperation() override {
    SmallVector<ConvTransposeOp> layers;
    getOperation()->walk([&](ConvTransposeOp layer) { layers.push_back(layer); });
    IRRewriter rewriter(&getContext());
    for (ConvTransposeOp layer : layers)
      foldInto(rewriter, layer);
    ConstantElements elements;
    getOperation()->walk([&](Operation *op) {
      if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op); linalgOp && isElementwise(linalgOp))
        for (OpOperand *operand : linalgOp.getDpsInputOperands())
          fillOperand(*operand, elements);
      else if (OpTrait::hasElementwiseMappableTraits(op))
        for (OpOperand &operand : op->getOpOperands())
          fillOperand(operand, elements);
    });
  }
};

} // namespace
