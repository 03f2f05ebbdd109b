//===- RaiseTorch.cpp - torch's convolutions as layers --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   "func.func"() <{function_type = (!torch.vtensor<[1,3,5],f32>) -> ..., sym_name = "main"}> ({
//   ^bb0(%x: !torch.vtensor<[1,3,5],f32>):
//     %y = "torch.aten.convolution"(%x, %w, %b, %stride, ...) : ...
//
// becomes
//
//   func.func @main(%x: tensor<1x3x5xf32>) -> tensor<1x4x10xf32> {
//     %y = tconv.conv_transpose %x, %w, %b stride [2] ...
//
// torch-mlir is not a dependency: its ops and types are read by name. Values of functions
// become tensors; where an op is left, casts stand between them and its own types.
//
// Test: test/Transforms/Raise/raise-torch.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "Torch.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RAISETORCHPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("convolution").category("tconv-raise-torch");
}

bool isOfTorch(Type type) {
  auto opaque = dyn_cast<OpaqueType>(type);
  return opaque && opaque.getDialectNamespace() == "torch";
}

/// A value of torch's type as a tensor; null if it has no such type.
Value toTensor(OpBuilder &builder, Value value) {
  RankedTensorType type = getTensorType(value.getType());
  if (!type || type == value.getType())
    return type ? value : Value();
  if (auto cast = value.getDefiningOp<UnrealizedConversionCastOp>();
      cast && cast.getNumOperands() == 1 && cast.getOperand(0).getType() == type)
    return cast.getOperand(0);
  return UnrealizedConversionCastOp::create(builder, value.getLoc(), type, value).getResult(0);
}

Value fromTensor(OpBuilder &builder, Value value, Type type) {
  return value.getType() == type
             ? value
             : UnrealizedConversionCastOp::create(builder, value.getLoc(), type, value)
                   .getResult(0);
}

/// Types with tensors in the place of torch's; nothing if there is none of torch's, or one
/// that stands for no ranked tensor.
std::optional<SmallVector<Type>> convertTypes(TypeRange types) {
  SmallVector<Type> converted;
  for (Type type : types) {
    Type tensor = isOfTorch(type) ? Type(getTensorType(type)) : type;
    if (!tensor)
      return std::nullopt;
    converted.push_back(tensor);
  }
  return converted;
}

/// Operands of an op, such as a return, as tensors.
void convertOperands(Operation *op) {
  OpBuilder builder(op);
  for (OpOperand &operand : op->getOpOperands())
    if (isOfTorch(operand.get().getType()))
      if (Value tensor = toTensor(builder, operand.get()))
        operand.set(tensor);
}

/// Gives a value the type of a tensor, and what uses it a cast to the type it had.
void convertValue(OpBuilder &builder, Value value, Type type) {
  Type before = value.getType();
  if (before == type)
    return;
  value.setType(type);
  Value cast = fromTensor(builder, value, before);
  value.replaceAllUsesExcept(cast, cast.getDefiningOp());
}

void convertCall(func::CallOp call) {
  auto types = convertTypes(call.getResultTypes());
  convertOperands(call);
  OpBuilder builder(call->getContext());
  builder.setInsertionPointAfter(call);
  for (auto [result, type] : llvm::zip_equal(call.getResults(), *types))
    convertValue(builder, result, type);
}

/// Gives a function tensors as arguments and results.
void convertFunction(func::FuncOp function) {
  auto inputs = convertTypes(function.getArgumentTypes());
  auto results = convertTypes(function.getResultTypes());
  if (!function.isExternal()) {
    OpBuilder builder = OpBuilder::atBlockBegin(&function.getBody().front());
    for (auto [argument, type] : llvm::zip_equal(function.getArguments(), *inputs))
      convertValue(builder, argument, type);
    function.walk([](func::ReturnOp op) { convertOperands(op); });
  }
  function.setType(FunctionType::get(function.getContext(), *inputs, *results));
}

FailureOr<Value> lower(const TorchOp &op) {
  StringRef name = op.op->getName().getStringRef();
  FailureOr<Value> value = name == "torch.aten.convolution" ? raiseTorchConvolution(op)
                           : name == "torch.operator"       ? raiseOnnxOperator(op)
                                                            : lowerTorchOp(op);
  const bool isLayer =
      succeeded(value) && *value && (name == "torch.aten.convolution" || name == "torch.operator");
  if (!isLayer)
    return value;
  Value layer = *value;
  while (auto cast = layer.getDefiningOp<tensor::CastOp>())
    layer = cast.getSource();
  if (layer.getDefiningOp<ConvTransposeOp>())
    remark::passed(op.op->getLoc(), describeRemark()) << name << " is a transposed convolution";
  else if (name == "torch.aten.convolution")
    remark::missed(op.op->getLoc(), describeRemark())
        << name << " becomes one in linalg: " << remark::reason("{0}", "it is not transposed");
  return value;
}

LogicalResult raise(Operation *op) {
  OpBuilder builder(op);
  RankedTensorType type =
      op->getNumResults() > 0 ? getTensorType(op->getResult(0).getType()) : RankedTensorType();
  // Of several results the first one is known.
  if (!type || !llvm::all_of(op->getResults().drop_front(),
                             [](OpResult result) { return result.use_empty(); }))
    return success();
  TorchOp torchOp{op, builder, type, [&](Value value) { return toTensor(builder, value); }};
  FailureOr<Value> value = lower(torchOp);
  if (failed(value) || !*value)
    return failure(failed(value));
  auto lowered = cast<RankedTensorType>((*value).getType());
  if (lowered != type && !tensor::CastOp::areCastCompatible(lowered, type))
    return op->emitOpError("expected a result of ") << lowered << ", got " << type;
  Value result = *value;
  if (lowered != type)
    result = tensor::CastOp::create(builder, op->getLoc(), type, result);
  op->getResult(0).replaceAllUsesWith(fromTensor(builder, result, op->getResult(0).getType()));
  op->erase();
  return success();
}

/// Casts there and back, constants that only ops read which are gone, and casts to nothing.
void eraseUnused(Operation *root) {
  SmallVector<Operation *> ops;
  root->walk([&](UnrealizedConversionCastOp op) {
    auto before = op.getOperand(0).getDefiningOp<UnrealizedConversionCastOp>();
    if (before && before.getOperand(0).getType() == op.getResult(0).getType())
      op.getResult(0).replaceAllUsesWith(before.getOperand(0));
  });
  root->walk([&](Operation *op) {
    StringRef name = op->getName().getStringRef();
    if (name.starts_with("torch.constant.") || name == "torch.prim.ListConstruct" ||
        isa<UnrealizedConversionCastOp>(op))
      ops.push_back(op);
  });
  for (Operation *op : llvm::reverse(ops))
    if (op->use_empty())
      op->erase();
}

struct RaiseTorchPass : mlir::tconv::impl::RaiseTorchPassBase<RaiseTorchPass> {
  void runOnOperation() override {
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (op->getName().getDialectNamespace() == "torch")
        ops.push_back(op);
    });
    if (failed(convertSignatures()))
      return signalPassFailure();
    for (Operation *op : ops)
      if (failed(raise(op)))
        return signalPassFailure();
    if (!ops.empty())
      eraseUnused(getOperation());
  }

  LogicalResult convertSignatures() {
    SmallVector<func::FuncOp> functions;
    SmallVector<func::CallOp> calls;
    bool convertible = true, ofTorch = false;
    getOperation()->walk([&](Operation *op) {
      auto function = dyn_cast<func::FuncOp>(op);
      if (auto call = dyn_cast<func::CallOp>(op))
        calls.push_back(call);
      if (!function)
        return;
      functions.push_back(function);
      FunctionType type = function.getFunctionType();
      for (TypeRange types : {TypeRange(type.getInputs()), TypeRange(type.getResults())}) {
        ofTorch |= llvm::any_of(types, isOfTorch);
        convertible &= convertTypes(types).has_value();
      }
    });
    if (!ofTorch || !convertible) // all or nothing: functions call each other
      return success();
    llvm::for_each(functions, convertFunction);
    llvm::for_each(calls, convertCall);
    return success();
  }
};

} // namespace
