//===- LowerMath.cpp - Functions as polynomials, or as calls of libm ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %a = math.tanh %x : vector<8xf32>
//   %b = math.tanh %y : f64
//
// becomes
//
//   ... arith.mulf, math.fma, arith.divf, arith.select ... : vector<8xf32>
//   %b = call @tanh(%y) : (f64) -> f64
//
// Test: test/Transforms/Cpu/lower-math.mlir
//
//===----------------------------------------------------------------------===//

#include "../Layers/ExpandMath.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/MathToLibm/MathToLibm.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Math/Transforms/Passes.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/Transforms/DialectConversion.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERMATHPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Functions whose polynomials of upstream's are as good as the pass promises. That of
/// log is not: it takes numbers below 2^-126 for 2^-126.
bool isApproximated(StringRef name) {
  return llvm::is_contained({math::ErfOp::getOperationName(), math::ExpOp::getOperationName(),
                             math::TanhOp::getOperationName()},
                            name);
}

/// Not those of scalars, for which the C library is as fast, and more exact.
LogicalResult approximateVectors(ModuleOp module) {
  SmallVector<Operation *> ops;
  module.walk([&](Operation *op) {
    if (!isApproximated(op->getName().getStringRef()))
      return;
    auto type = dyn_cast<VectorType>(op->getResult(0).getType());
    if (type && type.getElementType().isF32())
      ops.push_back(op);
  });
  if (ops.empty())
    return success();
  RewritePatternSet patterns(module.getContext());
  populateMathPolynomialApproximationPatterns(patterns, isApproximated);
  GreedyRewriteConfig config;
  config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
  return applyOpPatternsGreedily(ops, std::move(patterns), config);
}

/// Functions that processors have no instructions for. Upstream has calls of intrinsics
/// for some of them, expm1 and log1p among them, which lose digits near zero.
LogicalResult callLibrary(ModuleOp module) {
  RewritePatternSet patterns(module.getContext());
  populateMathToLibmConversionPatterns(patterns);
  ConversionTarget target(*module.getContext());
  target.addLegalDialect<arith::ArithDialect, func::FuncDialect, math::MathDialect,
                         vector::VectorDialect>();
  target.addIllegalOp<math::AcosOp, math::AcoshOp, math::AsinOp, math::AsinhOp, math::AtanOp,
                      math::Atan2Op, math::AtanhOp, math::CbrtOp, math::CosOp, math::CoshOp,
                      math::ErfOp, math::ErfcOp, math::ExpOp, math::Exp2Op, math::ExpM1Op,
                      math::LogOp, math::Log10Op, math::Log1pOp, math::Log2Op, math::PowFOp,
                      math::SinOp, math::SinhOp, math::TanOp, math::TanhOp>();
  return applyPartialConversion(module, target, std::move(patterns));
}

bool hasMath(ModuleOp module) {
  auto find = [](Operation *op) {
    return isa_and_nonnull<math::MathDialect>(op->getDialect()) ? WalkResult::interrupt()
                                                                : WalkResult::advance();
  };
  return module.walk(find).wasInterrupted();
}

struct LowerMathPass : mlir::tconv::impl::LowerMathPassBase<LowerMathPass> {
  void runOnOperation() override {
    guardDivisions(getOperation());
    if (!hasMath(getOperation()))
      return;
    expandMath(getOperation());
    if (failed(approximateVectors(getOperation())) || failed(callLibrary(getOperation())))
      signalPassFailure();
  }
};

} // namespace
