//===- LowerExpandShapes.cpp - Dimensions split into several unknown ones -===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = memref.expand_shape %x [[0, 1]] output_shape [%a, %b]
//       : memref<?xf32> into memref<?x?xf32>
//
// becomes
//
//   %base, %offset, %size, %stride = memref.extract_strided_metadata %x
//   %y = memref.reinterpret_cast %base to offset: [%offset], sizes: [%a, %b], strides: [%b, 1]
//
// Upstream's lowering computes the one unknown size of a dimension's parts from the others, and
// crashes where there are two.
//
// Test: test/Transforms/lower-expand-shapes.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWEREXPANDSHAPESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

bool hasSeveralUnknownParts(memref::ExpandShapeOp op) {
  return llvm::any_of(op.getReassociationIndices(), [&](const ReassociationIndices &parts) {
    return llvm::count_if(parts,
                          [&](int64_t dim) { return op.getResultType().isDynamicDim(dim); }) > 1;
  });
}

OpFoldResult multiply(OpBuilder &builder, Location loc, OpFoldResult a, OpFoldResult b) {
  auto x = getConstantIntValue(a), y = getConstantIntValue(b);
  if (x && y)
    return builder.getIndexAttr(*x * *y);
  auto value = [&](OpFoldResult number) {
    return getValueOrCreateConstantIndexOp(builder, loc, number);
  };
  return builder.createOrFold<arith::MulIOp>(loc, value(a), value(b));
}

void lower(memref::ExpandShapeOp op) {
  OpBuilder builder(op);
  Location loc = op.getLoc();
  auto source = memref::ExtractStridedMetadataOp::create(builder, loc, op.getSrc());
  SmallVector<OpFoldResult> sizes = op.getMixedOutputShape(), strides(sizes.size());
  SmallVector<OpFoldResult> outer = source.getConstifiedMixedStrides();
  for (auto [parts, stride] : llvm::zip_equal(op.getReassociationIndices(), outer))
    for (int64_t dim : llvm::reverse(parts)) {
      strides[dim] = stride;
      stride = multiply(builder, loc, stride, sizes[dim]);
    }
  Value result =
      memref::ReinterpretCastOp::create(builder, loc, op.getResultType(), source.getBaseBuffer(),
                                        source.getConstifiedMixedOffset(), sizes, strides);
  op.replaceAllUsesWith(result);
  op.erase();
}

struct LowerExpandShapesPass : mlir::tconv::impl::LowerExpandShapesPassBase<LowerExpandShapesPass> {
  void runOnOperation() override {
    getOperation()->walk([](memref::ExpandShapeOp op) {
      if (hasSeveralUnknownParts(op))
        lower(op);
    });
  }
};

} // namespace
