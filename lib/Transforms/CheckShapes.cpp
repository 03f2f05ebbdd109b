//===- CheckShapes.cpp - Run-time checks of dynamic sizes -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Asserts, at the start of the function, those constraints of conv_transpose that
// dynamic sizes leave open:
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

#include "tconv/IR/IndexExpr.h"
#include "tconv/IR/TconvOps.h"

#include "mlir/Analysis/SliceAnalysis.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/Transforms/Transforms.h"
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

/// On assertions that this pass made, while it runs.
constexpr StringRef checkMarker = "tconv.check";

/// A message about an op, with the op's place in the source in front.
std::string describe(Operation *op, const Twine &text) {
  std::string message;
  llvm::raw_string_ostream stream(message);
  if (auto loc = op->getLoc()->findInstanceOf<FileLineColLoc>())
    stream << loc.getFilename().getValue() << ":" << loc.getLine() << ":" << loc.getColumn()
           << ": ";
  stream << "'" << op->getName() << "' op " << text;
  return message;
}

void emitAssertion(OpBuilder &builder, Operation *op, Value holds, const Twine &text) {
  auto assertion = cf::AssertOp::create(builder, op->getLoc(), holds, describe(op, text));
  assertion->setAttr(checkMarker, builder.getUnitAttr());
}

/// Asserts that the sizes which a cast claims to know are right.
void checkCast(tensor::CastOp cast) {
  auto source = dyn_cast<RankedTensorType>(cast.getSource().getType());
  auto target = dyn_cast<RankedTensorType>(cast.getType());
  if (!source || !target)
    return;
  OpBuilder builder(cast);
  for (int64_t dim = 0; dim < source.getRank(); ++dim) {
    if (!source.isDynamicDim(dim) || target.isDynamicDim(dim))
      continue;
    int64_t size = target.getDimSize(dim);
    Value actual = tensor::DimOp::create(builder, cast.getLoc(), cast.getSource(), dim);
    Value expected = arith::ConstantIndexOp::create(builder, cast.getLoc(), size);
    Value holds =
        arith::CmpIOp::create(builder, cast.getLoc(), arith::CmpIPredicate::eq, actual, expected);
    emitAssertion(builder, cast, holds,
                  "expected a size of " + Twine(size) + " in dimension " + Twine(dim));
  }
}

/// Emits the assertions of one op, in front of it.
class ShapeChecks {
public:
  explicit ShapeChecks(ConvTransposeOp op)
      : op(op), builder(op), loc(op.getLoc()), input(op.getInput()), filter(op.getFilter()) {}

  void emit() {
    checkChannels();
    for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial)
      checkSpatial(spatial);
    checkMemory();
  }

private:
  IndexExpr sizeOf(Value tensor, int64_t dim) {
    return IndexExpr(builder, loc, tensor::getMixedSize(builder, loc, tensor, dim));
  }

  void check(arith::CmpIPredicate predicate, const IndexExpr &a, const IndexExpr &b,
             const Twine &text) {
    if (a.getConstant() && b.getConstant())
      return; // checked by the verifier
    auto value = [&](const IndexExpr &expr) {
      return getValueOrCreateConstantIndexOp(builder, loc, expr.materialize(builder, loc));
    };
    Value holds = arith::CmpIOp::create(builder, loc, predicate, value(a), value(b));
    emitAssertion(builder, op, holds, text);
  }
  void checkEqual(const IndexExpr &a, const IndexExpr &b, const Twine &text) {
    check(arith::CmpIPredicate::eq, a, b, text);
  }
  void checkAtLeastOne(const IndexExpr &size, const Twine &text) {
    check(arith::CmpIPredicate::sge, size, IndexExpr(1), text);
  }

  void checkChannels();
  void checkSpatial(int64_t spatial);
  void checkMemory();

  ConvTransposeOp op;
  OpBuilder builder;
  Location loc;
  Value input, filter;
};

/// (C9) to (C14)
void ShapeChecks::checkChannels() {
  int64_t channelDim = op.getChannelDim(), groups = op.getGroups();
  RankedTensorType output = op.getOutputType();
  IndexExpr channels = sizeOf(input, channelDim), perGroup = sizeOf(filter, 1);
  checkAtLeastOne(channels, "expected at least 1 input channel");
  checkAtLeastOne(perGroup, "expected at least 1 output channel in each group");
  checkEqual(channels, sizeOf(filter, 0),
             "expected as many input channels as dimension 0 of the filter has");
  checkEqual(mod(channels, groups), IndexExpr(0),
             "expected groups = " + Twine(groups) + " to divide the input channels");
  IndexExpr outputs = perGroup * groups;
  if (op.getBias())
    checkEqual(sizeOf(op.getBias(), 0), outputs,
               "expected a bias of groups * filter.dim(1) elements");
  if (!output.isDynamicDim(0))
    checkEqual(sizeOf(input, 0), IndexExpr(output.getDimSize(0)),
               "expected a batch of " + Twine(output.getDimSize(0)) + " as the result has");
  if (!output.isDynamicDim(channelDim))
    checkEqual(outputs, IndexExpr(output.getDimSize(channelDim)),
               "expected groups * filter.dim(1) = " + Twine(output.getDimSize(channelDim)) +
                   " output channels as the result has");
}

/// (C9), (C15), (C16)
void ShapeChecks::checkSpatial(int64_t spatial) {
  ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
  int64_t declared = op.getOutputType().getDimSize(op.getSpatialDim(spatial));
  IndexExpr size = sizeOf(input, op.getSpatialDim(spatial)), kernel = sizeOf(filter, spatial + 2);
  std::string where = " in spatial dimension " + std::to_string(spatial);
  checkAtLeastOne(size, "expected an input size of at least 1" + where);
  checkAtLeastOne(kernel, "expected a filter size of at least 1" + where);
  // Above these sizes the formula could overflow.
  constexpr int64_t limit = int64_t(1) << 60;
  check(arith::CmpIPredicate::sle, size, IndexExpr(limit / dim.stride + 1),
        "expected an input size with which the output size fits 63 bits" + where);
  check(arith::CmpIPredicate::sle, kernel, IndexExpr(limit / dim.dilation + 1),
        "expected a filter size with which the output size fits 63 bits" + where);
  std::string formula =
      ::tconv::describeOutputSize(dim) + " for an input size I and a filter size K";
  IndexExpr outputs = outputSize(size, kernel, dim);
  if (ShapedType::isDynamic(declared))
    checkAtLeastOne(outputs, "expected an output size of at least 1" + where + ", got " + formula);
  else
    checkEqual(outputs, IndexExpr(declared),
               "expected an output size of " + Twine(declared) + " as the result has" + where +
                   ", got " + formula);
}

/// (C16) for the tensors and everything that is computed on the way: a bound of their elements,
/// as what is left of the largest number of elements after a division by each size, which does
/// not overflow. (And is in integers: hosts of GPU programs have no other numbers.)
void ShapeChecks::checkMemory() {
  constexpr int64_t mostElements = (int64_t(1) << 62) / sizeof(double) - 1;
  bool isStatic = true;
  auto toValue = [&](const IndexExpr &expr) -> Value {
    isStatic &= expr.getConstant().has_value();
    return getValueOrCreateConstantIndexOp(builder, loc, expr.materialize(builder, loc));
  };
  Value one = arith::ConstantIndexOp::create(builder, loc, 1);
  Value left = arith::ConstantIndexOp::create(builder, loc, mostElements);
  auto divideBy = [&](const IndexExpr &expr) {
    Value size = arith::MaxSIOp::create(builder, loc, toValue(expr), one);
    left = arith::DivUIOp::create(builder, loc, left, size);
  };
  divideBy(sizeOf(filter, 0) + sizeOf(filter, 1) * op.getGroups());
  for (int64_t spatial = 0; spatial < op.getNumSpatialDims(); ++spatial) {
    ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
    IndexExpr size = sizeOf(input, op.getSpatialDim(spatial)), kernel = sizeOf(filter, spatial + 2);
    divideBy(size + outputSize(size, kernel, dim) + kernel * dim.dilation * 2);
  }
  Value batch = toValue(sizeOf(input, 0));
  if (isStatic)
    return;
  Value fits = arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::sge, left, batch);
  emitAssertion(builder, op, fits, "expected tensors of less than 2^62 bytes");
}

/// Whether an op may be computed earlier, and where it was not: divisions by what is at least
/// 1 may, as those of `checkMemory`.
bool canMove(Operation *op) {
  auto division = dyn_cast<arith::DivUIOp>(op);
  auto divisor = division ? division.getRhs().getDefiningOp<arith::MaxSIOp>() : nullptr;
  return isPure(op) || (divisor && matchPattern(divisor.getRhs(), m_One()));
}

/// What an assertion is computed from, in an order in which it can be computed; an
/// error if that has side effects.
FailureOr<SetVector<Operation *>> dependenciesOf(cf::AssertOp assertion) {
  SetVector<Operation *> slice;
  if (failed(getBackwardSlice(assertion.getOperation(), &slice)) || !llvm::all_of(slice, canMove))
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
    SmallVector<Operation *> dynamicOps;
    getOperation().walk([&](Operation *op) {
      bool isLayer = isa<ConvTransposeOp>(op) && !isSpeculatable(op);
      if (isLayer || isa<tensor::CastOp>(op))
        dynamicOps.push_back(op);
    });
    if (dynamicOps.empty())
      return;
    for (Operation *op : dynamicOps) {
      if (auto cast = dyn_cast<tensor::CastOp>(op))
        checkCast(cast);
      else
        ShapeChecks(llvm::cast<ConvTransposeOp>(op)).emit();
    }
    if (failed(resolveSizes()))
      return signalPassFailure();
    hoistAssertions(getOperation());
    getOperation().walk([](cf::AssertOp assertion) { assertion->removeAttr(checkMarker); });
  }

  /// Expresses sizes of results by those of the function's arguments.
  LogicalResult resolveSizes() {
    RewritePatternSet patterns(&getContext());
    memref::populateResolveRankedShapedTypeResultDimsPatterns(patterns);
    affine::AffineApplyOp::getCanonicalizationPatterns(patterns, &getContext());
    tensor::DimOp::getCanonicalizationPatterns(patterns, &getContext());
    return applyPatternsGreedily(getOperation(), std::move(patterns));
  }
};

} // namespace
