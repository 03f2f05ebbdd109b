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

#include "../Layers/ExpandMath.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "llvm/ADT/TypeSwitch.h"

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

/// Functions that LLVM has instructions for.
Value expandToInstruction(Operation *op) {
  if (op->getNumResults() != 1 || getElementTypeOrSelf(op->getResult(0)).isIndex())
    return nullptr;
  OpBuilder b(op);
  auto make = [&]<typename Op>(auto... more) -> Value {
    return Op::create(b, op->getLoc(), op->getResult(0).getType(), op->getOperand(0), more...);
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case([&](math::AbsIOp) { return make.operator()<LLVM::AbsOp>(/*is_int_min_poison=*/false); })
      .Case([&](math::TruncOp) { return make.operator()<LLVM::FTruncOp>(); })
      .Case([&](math::CtPopOp) { return make.operator()<LLVM::CtPopOp>(); })
      .Case([&](math::CountLeadingZerosOp) {
        return make.operator()<LLVM::CountLeadingZerosOp>(/*is_zero_poison=*/false);
      })
      .Case([&](math::CountTrailingZerosOp) {
        return make.operator()<LLVM::CountTrailingZerosOp>(/*is_zero_poison=*/false);
      })
      .Default(Value());
}

void expandToInstructions(gpu::GPUModuleOp module) {
  module.walk([](Operation *op) {
    if (Value value = expandToInstruction(op)) {
      op->replaceAllUsesWith(ValueRange(value));
      op->erase();
    }
  });
}

struct LowerGpuMathPass : mlir::tconv::impl::LowerGpuMathPassBase<LowerGpuMathPass> {
  void runOnOperation() override {
    mlir::tconv::expandMath(getOperation());
    expandToInstructions(getOperation());
    if (failed(approximate(getOperation())))
      signalPassFailure();
  }
};

} // namespace
