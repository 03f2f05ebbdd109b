//===- CheckShapes.cpp - Run-time checks of dynamic sizes -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asserts, at the start of the function, those constraints of its ops that dynamic sizes
// leave open (Checks/Checks.h has those of each op):
//
//   %y = tconv.conv_transpose %x, %w padding [1]
//       : (tensor<1x1x?xf32>, tensor<1x1x2xf32>) -> tensor<1x1x?xf32>
//
// gets
//
//   %size = affine.apply affine_map<()[s0] -> (s0 - 1)>()[%dim]
//   %ok = arith.cmpi sge, %size, %c1 : index
//   cf.assert %ok, "...: 'tconv.conv_transpose' op expected an output size of at least 1 ..."
//
// Test: test/Transforms/check-shapes.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "Checks/CheckEmitter.h"
#include "Checks/Checks.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/IR/Unsupported.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Shape/IR/Shape.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_CHECKSHAPESPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Whether an op leaves sizes or places to run time.
bool isDynamic(Operation *op) {
  auto isOpen = [](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    return shaped ? !shaped.hasStaticShape() : type.isIndex();
  };
  return llvm::any_of(op->getOperandTypes(), isOpen) || llvm::any_of(op->getResultTypes(), isOpen);
}

/// Whether an op runs once for each element of a tensor, where no check has a place.
bool runsForEachElement(Operation *op) {
  for (Operation *parent = op->getParentOp(); parent && !isa<FunctionOpInterface>(parent);
       parent = parent->getParentOp())
    if (!isa<scf::SCFDialect, affine::AffineDialect, shape::ShapeDialect>(parent->getDialect()))
      return true;
  return false;
}

/// Whether an op may turn out not to be valid at run time.
bool needsChecks(Operation *op) {
  if (isa<ConvTransposeOp>(op))
    return !isSpeculatable(op);
  // No verifier looks at paddings, which must not be negative, and at the elements of shapes.
  return (isa<tensor::PadOp, tensor::ReshapeOp>(op) || isDynamic(op)) && !runsForEachElement(op);
}

void emitChecks(Operation *op) {
  if (auto layer = dyn_cast<ConvTransposeOp>(op))
    return emitLayerChecks(layer);
  emitLoopChecks(op);
  emitTensorChecks(op);
  emitReshapeChecks(op);
  emitScalarChecks(op);
}

/// The sizes of what has the sizes of its operands.
struct ResolveElementwiseSizes : OpRewritePattern<tensor::DimOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(tensor::DimOp op, PatternRewriter &rewriter) const override {
    Operation *source = op.getSource().getDefiningOp();
    if (!source || !OpTrait::hasElementwiseMappableTraits(source))
      return failure();
    for (Value operand : source->getOperands())
      if (isa<RankedTensorType>(operand.getType())) {
        rewriter.modifyOpInPlace(op, [&] { op.getSourceMutable().assign(operand); });
        return success();
      }
    return failure();
  }
};

/// Whether an op may be computed earlier, and where it was not: divisions by what is at least
/// 1 may, as those of `CheckEmitter::fitProduct`.
bool canMove(Operation *op) {
  auto division = dyn_cast<arith::DivUIOp>(op);
  auto divisor = division ? division.getRhs().getDefiningOp<arith::MaxSIOp>() : nullptr;
  return isPure(op) || (divisor && matchPattern(divisor.getRhs(), m_One()));
}

/// What an assertion is computed from, in an order in which it can be computed; an
/// error if that has side effects.
FailureOr<SetVector<Operation *>> dependenciesOf(cf::AssertOp assertion) {
  SetVector<Operation *> slice;
  BackwardSliceOptions options;
  options.omitUsesFromAbove = false; // those of regions
  if (failed(getBackwardSlice(assertion.getOperation(), &slice, options)) ||
      !llvm::all_of(slice, canMove))
    return failure();
  return slice;
}

/// Moves the marked assertions of the entry block, with what they are computed from,
/// to its start; one that depends on side effects stays where it is.
void hoistAssertions(func::FuncOp function) {
  Block &entry = function.getBody().front();
  SetVector<Operation *> hoisted;
  for (auto assertion : entry.getOps<cf::AssertOp>()) {
    if (!assertion->hasAttr(checkMarker))
      continue;
    auto dependencies = dependenciesOf(assertion);
    if (failed(dependencies))
      continue;
    hoisted.insert_range(*dependencies);
    hoisted.insert(assertion);
  }
  for (Operation *op : llvm::reverse(hoisted))
    op->moveBefore(&entry, entry.begin());
}

struct CheckShapesPass : mlir::tconv::impl::CheckShapesPassBase<CheckShapesPass> {
  void runOnOperation() override {
    if (failed(checkShapeTypes()))
      return signalPassFailure();
    SmallVector<Operation *> ops;
    getOperation().walk([&](Operation *op) {
      if (needsChecks(op))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      emitChecks(op);
    if (!hasChecks())
      return;
    if (failed(resolveSizes()))
      return signalPassFailure();
    hoistAssertions(getOperation());
    getOperation().walk([](cf::AssertOp assertion) { assertion->removeAttr(checkMarker); });
  }

  /// Upstream lowers shapes that are tensors of sizes, and crashes on others.
  LogicalResult checkShapeTypes() {
    auto isShape = [](Type type) { return isa<shape::ShapeType, shape::SizeType>(type); };
    WalkResult walked = getOperation().walk([&](Operation *op) -> WalkResult {
      if (llvm::none_of(op->getResultTypes(), isShape))
        return WalkResult::advance();
      return emitUnsupported(op) << "expected shapes as tensors of indices, got '" << op->getName()
                                 << "' with another result";
    });
    return failure(walked.wasInterrupted());
  }

  bool hasChecks() {
    auto find = [](cf::AssertOp assertion) {
      return assertion->hasAttr(checkMarker) ? WalkResult::interrupt() : WalkResult::advance();
    };
    return getOperation().walk(find).wasInterrupted();
  }

  /// Expresses sizes of results by those of the function's arguments. Nothing else is simplified.
  LogicalResult resolveSizes() {
    SmallVector<Operation *> sizes;
    getOperation().walk([&](Operation *op) {
      if (isa<tensor::DimOp, affine::AffineApplyOp, affine::AffineMinOp, affine::AffineMaxOp>(op))
        sizes.push_back(op);
    });
    GreedyRewriteConfig config;
    config.setStrictness(GreedyRewriteStrictness::ExistingAndNewOps);
    RewritePatternSet patterns(&getContext());
    patterns.add<ResolveElementwiseSizes>(&getContext());
    memref::populateResolveRankedShapedTypeResultDimsPatterns(patterns);
    affine::AffineApplyOp::getCanonicalizationPatterns(patterns, &getContext());
    tensor::DimOp::getCanonicalizationPatterns(patterns, &getContext());
    return applyOpPatternsGreedily(sizes, std::move(patterns), config);
  }
};

} // namespace
