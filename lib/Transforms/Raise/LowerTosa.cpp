//===- LowerTosa.cpp - TOSA ops around layers in linalg --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream's patterns, without its demand that nothing of TOSA may be left: who asked for
// what an op means is told about the op, not about a pass.
//
// Test: test/Transforms/Raise/lower-tosa.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "mlir/Conversion/TosaToArith/TosaToArith.h"
#include "mlir/Conversion/TosaToLinalg/TosaToLinalg.h"
#include "mlir/Conversion/TosaToTensor/TosaToTensor.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERTOSAPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

struct LowerTosaPass : mlir::tconv::impl::LowerTosaPassBase<LowerTosaPass> {
  void runOnOperation() override {
    // Named ops first: the others' patterns take some of them too, as loops.
    TypeConverter types;
    tosa::populateTosaTypeConversion(types);
    RewritePatternSet named(&getContext()), others(&getContext());
    tosa::populateTosaToLinalgNamedConversionPatterns(types, &named, {});
    tosa::populateTosaToLinalgConversionPatterns(types, &others);
    tosa::populateTosaToArithConversionPatterns(&others);
    tosa::populateTosaRescaleToArithConversionPatterns(&others, /*include32Bit=*/true);
    tosa::populateTosaToTensorConversionPatterns(types, &others);
    if (failed(convert(std::move(named))) || failed(convert(std::move(others))))
      signalPassFailure();
  }

  LogicalResult convert(RewritePatternSet patterns) {
    ConversionTarget target(getContext());
    target.addLegalDialect<arith::ArithDialect, func::FuncDialect, linalg::LinalgDialect,
                           math::MathDialect, scf::SCFDialect, tensor::TensorDialect>();
    return applyPartialConversion(getOperation(), target, std::move(patterns));
  }
};

} // namespace
