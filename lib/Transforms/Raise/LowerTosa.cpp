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
#include "tconv/IR/Unsupported.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/Dialect/Tosa/Transforms/Passes.h"
#include "mlir/Dialect/Tosa/Utils/ConversionUtils.h"
#include "mlir/Transforms/DialectConversion.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERTOSAPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// A slice that starts inside and has a size of -1: upstream takes all that is behind the
/// start, exporters write it too where they have lost an end. Which is meant is open.
bool hasOpenEnd(tosa::SliceOp op) {
  SmallVector<int64_t> starts, sizes;
  if (!tosa::getConstShapeValues(op.getSize().getDefiningOp(), sizes) ||
      !tosa::getConstShapeValues(op.getStart().getDefiningOp(), starts))
    return false;
  return llvm::any_of(llvm::zip(starts, sizes),
                      [](auto pair) { return std::get<0>(pair) != 0 && std::get<1>(pair) == -1; });
}

struct LowerTosaPass : mlir::tconv::impl::LowerTosaPassBase<LowerTosaPass> {
  void runOnOperation() override {
    if (failed(checkLayers()))
      return signalPassFailure();
    // Named ops first: the others' patterns take some of them too, as loops.
    TypeConverter types;
    tosa::populateTosaTypeConversion(types);
    RewritePatternSet named(&getContext()), others(&getContext());
    tosa::populateTosaToLinalgNamedConversionPatterns(types, &named, {});
    tosa::populateTosaToLinalgConversionPatterns(types, &others);
    tosa::populateTosaToArithConversionPatterns(&others);
    // In 64 bits: kernels take that along, whose ops give one result each.
    tosa::populateTosaRescaleToArithConversionPatterns(&others, /*include32Bit=*/false);
    tosa::populateTosaToTensorConversionPatterns(types, &others);
    if (failed(convert(std::move(named))) || failed(convert(std::move(others))))
      signalPassFailure();
  }

  /// A layer that was not raised has no lowering, and its type need not fit what is behind it.
  LogicalResult checkLayers() {
    WalkResult walked = getOperation()->walk([](tosa::TransposeConv2DOp op) -> WalkResult {
      return emitUnsupported(op) << "expected an operation that tconv can lower, got '"
                                 << op->getName() << "'";
    });
    return failure(walked.wasInterrupted());
  }

  LogicalResult convert(RewritePatternSet patterns) {
    // What is not TOSA is legal as it is: of what may or may not be, conversion folds some.
    ConversionTarget target(getContext());
    target.markUnknownOpDynamicallyLegal([](Operation *op) -> std::optional<bool> {
      return isa_and_nonnull<tosa::TosaDialect>(op->getDialect()) ? std::nullopt
                                                                  : std::optional(true);
    });
    target.addDynamicallyLegalOp<tosa::SliceOp>([](tosa::SliceOp op) -> std::optional<bool> {
      return hasOpenEnd(op) ? std::optional(true) : std::nullopt;
    });
    return applyPartialConversion(getOperation(), target, std::move(patterns));
  }
};

} // namespace
