//===- RaiseStablehlo.cpp - StableHLO's convolutions as layers ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = "stablehlo.convolution"(%x, %w) <{
//       dimension_numbers = #stablehlo.conv<[b, f, 0]x[i, o, 0]->[b, f, 0]>,
//       lhs_dilation = array<i64: 2>, padding = dense<2> : tensor<1x2xi64>, ...}> : ...
//
// becomes
//
//   %rotated = linalg.generic ... affine_map<(d0, d1, d2) -> (d0, d1, -d2 + 3)> ...
//   %y = tconv.conv_transpose %x, %rotated stride [2] padding [1] ...
//
// StableHLO is not a dependency: its ops are read by name. What stands around layers is
// lowered with them, since nothing else could.
//
// Test: test/Transforms/Raise/raise-stablehlo.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "GenericOps.h"
#include "Stablehlo.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RAISESTABLEHLOPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("convolution").category("tconv-raise-stablehlo");
}

FailureOr<Value> raiseConvolutionOp(OpBuilder &builder, Operation *op) {
  FailureOr<ConvolutionSpec> spec = readStablehloConvolution(op);
  if (failed(spec))
    return failure();
  std::string obstacle;
  if (Value layer = raiseSpec(builder, op->getLoc(), *spec, obstacle)) {
    remark::passed(op->getLoc(), describeRemark())
        << "stablehlo.convolution is a transposed convolution";
    return layer;
  }
  remark::missed(op->getLoc(), describeRemark())
      << "stablehlo.convolution becomes one in linalg: " << remark::reason("{0}", obstacle);
  return lowerSpec(builder, op->getLoc(), *spec);
}

/// What JAX checks of the sizes of a module that it exported.
bool lowerShapeAssertion(OpBuilder &builder, Operation *op) {
  auto target = dyn_cast_or_null<StringAttr>(getAttribute(op, "call_target_name"));
  if (!target || target != "shape_assertion" || op->getNumResults() != 0 ||
      op->getNumOperands() == 0 ||
      op->getOperand(0).getType() != RankedTensorType::get({}, builder.getI1Type()))
    return false;
  auto message = dyn_cast_or_null<StringAttr>(getAttribute(op, "error_message"));
  Value holds = tensor::ExtractOp::create(builder, op->getLoc(), op->getOperand(0), ValueRange());
  cf::AssertOp::create(builder, op->getLoc(), holds,
                       message ? message.getValue() : "expected sizes that the module is for");
  return true;
}

/// Ops in regions of others of the dialect are part of what those mean.
bool isPartOfAnother(Operation *op) {
  Operation *parent = op->getParentOp();
  return parent && parent->getName().getDialectNamespace() == "stablehlo";
}

LogicalResult raise(Operation *op) {
  OpBuilder builder(op);
  Value value;
  if (op->getName().getStringRef() == "stablehlo.convolution") {
    FailureOr<Value> raised = raiseConvolutionOp(builder, op);
    if (failed(raised))
      return failure();
    value = *raised;
  } else if (op->getName().getStringRef() == "stablehlo.custom_call") {
    if (lowerShapeAssertion(builder, op))
      op->erase();
    return success();
  } else {
    value = lowerStablehloOp(builder, op);
  }
  if (!value)
    return success();
  Type type = op->getResult(0).getType();
  if (value.getType() != type) {
    auto from = cast<RankedTensorType>(value.getType()), to = cast<RankedTensorType>(type);
    if (!tensor::CastOp::areCastCompatible(from, to))
      return op->emitOpError("expected a result of ") << from << ", got " << to;
    value = tensor::CastOp::create(builder, op->getLoc(), type, value);
  }
  op->getResult(0).replaceAllUsesWith(value);
  op->erase();
  return success();
}

struct RaiseStablehloPass : mlir::tconv::impl::RaiseStablehloPassBase<RaiseStablehloPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk<WalkOrder::PreOrder>([&](Operation *op) {
      if (op->getName().getDialectNamespace() == "stablehlo" && !isPartOfAnother(op))
        ops.push_back(op);
    });
    for (Operation *op : ops)
      if (failed(raise(op)))
        return signalPassFailure();
  }
};

} // namespace
