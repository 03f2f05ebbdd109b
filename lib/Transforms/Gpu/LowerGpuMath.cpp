//===- LowerGpuMath.cpp - Functions in kernels, without a library ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %b = math.exp %a : f32
//
// becomes
//
//   ... arith.mulf, math.fma, arith.select ... : f32
//
// Test: test/Transforms/Gpu/lower-gpu-math.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERGPUMATHPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

bool isApproximated(StringRef name) {
  return llvm::is_contained({math::ErfOp::getOperationName(), math::ExpOp::getOperationName(),
                             math::TanhOp::getOperationName()},
                            name);
}

/// Polynomials for f32; narrower types are widened around them.
LogicalResult approximate(gpu::GPUModuleOp module) {
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) {
    if (isApproximated(op->getName().getStringRef()) &&
        getElementTypeOrSelf(op->getResult(0)).getIntOrFloatBitWidth() <= 32)
      ops.push_back(op);
  });
  RewritePatternSet patterns(module.getContext());
  populateMathF32ExpansionPatterns(patterns, isApproximated);
  populateMathPolynomialApproximationPatterns(patterns, isApproximated);
  GreedyRewriteConfig config;
  config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
  return applyOpPatternsGreedily(ops, std::move(patterns), config);
}

/// Clamps to ends that no nan is among, as comparisons that hand nans on.
void expandClamps(gpu::GPUModuleOp module) {
  module.walk([](math::ClampFOp op) {
    OpBuilder b(op);
    Value low = arith::MaximumFOp::create(b, op.getLoc(), op.getValue(), op.getMin());
    op.replaceAllUsesWith(arith::MinimumFOp::create(b, op.getLoc(), low, op.getMax()).getResult());
    op.erase();
  });
}

struct LowerGpuMathPass : mlir::tconv::impl::LowerGpuMathPassBase<LowerGpuMathPass> {
  void runOnOperation() override {
    expandClamps(getOperation());
    if (failed(approximate(getOperation())))
      signalPassFailure();
  }
};

} // namespace
