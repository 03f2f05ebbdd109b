//===- FoldConstantFilters.cpp - Constant filters in the layer's layout ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %w = arith.constant dense<...> : tensor<4x4x1x3xf32>
//   %f = linalg.transpose ins(%w : ...) outs(...) permutation = [2, 3, 0, 1]
//   %y = tconv.conv_transpose %x, %f ...
//
// becomes
//
//   %f = arith.constant dense<...> : tensor<1x3x4x4xf32>
//   %y = tconv.conv_transpose %x, %f ...
//
// Test: test/Transforms/Raise/fold-constant-filters.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "TracedTensor.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_FOLDCONSTANTFILTERSPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

void fold(OpBuilder &builder, OpOperand &operand) {
  Value value = operand.get();
  if (!value.getDefiningOp() || matchPattern(value, m_Constant()))
    return;
  TracedTensor traced = TracedTensor::trace(value);
  if (traced.base == value ||
      !llvm::all_of(traced.dims, [](const TracedDim &dim) { return dim.whole; }))
    return;
  DenseElementsAttr folded = readConstant(traced, cast<RankedTensorType>(value.getType()));
  if (folded)
    operand.set(arith::ConstantOp::create(builder, value.getLoc(), folded));
}

struct FoldConstantFiltersPass
    : mlir::tconv::impl::FoldConstantFiltersPassBase<FoldConstantFiltersPass> {
  void runOnOperation() override {
    getOperation()->walk([](ConvTransposeOp op) {
      OpBuilder builder(op);
      fold(builder, op.getFilterMutable());
      for (OpOperand &bias : op.getBiasMutable())
        fold(builder, bias);
    });
  }
};

} // namespace
