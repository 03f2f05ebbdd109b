//===- ShapeCheck.cpp - Whether inputs fit a function ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Entry/ShapeCheck.h"

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace tconv;
using mlir::tconv::ConvTransposeOp;
using mlir::tconv::ConvTransposeSignature;

namespace {

/// The types that values have for certain inputs, where they are known.
class KnownTypes {
public:
  KnownTypes(mlir::func::FuncOp function, const std::vector<HostTensor> &inputs) {
    for (auto [argument, input] : llvm::zip(function.getArguments(), inputs))
      set(argument, llvm::cast<mlir::RankedTensorType>(argument.getType()).clone(input.shape()));
  }

  mlir::RankedTensorType get(mlir::Value value) const {
    while (auto cast = value.getDefiningOp<mlir::tensor::CastOp>())
      value = cast.getSource();
    auto known = types.find(value);
    return known == types.end() ? llvm::cast<mlir::RankedTensorType>(value.getType())
                                : known->second;
  }
  void set(mlir::Value value, mlir::RankedTensorType type) { types[value] = type; }

private:
  llvm::DenseMap<mlir::Value, mlir::RankedTensorType> types;
};

Status checkOp(ConvTransposeOp op, KnownTypes &types) {
  auto signature = ConvTransposeSignature::of(op);
  signature.input = types.get(op.getInput());
  signature.filter = types.get(op.getFilter());
  if (op.getBias())
    signature.bias = types.get(op.getBias());
  if (Status status = signature.verify(); !status) {
    op.emitOpError(status.message());
    return Error{"the inputs do not fit the function"};
  }
  types.set(op.getOutput(), signature.inferOutput());
  return success();
}

} // namespace

Status tconv::checkShapes(mlir::func::FuncOp function, const std::vector<HostTensor> &inputs) {
  KnownTypes types(function, inputs);
  // Ops in nested regions perhaps never execute.
  for (auto op : function.getBody().front().getOps<ConvTransposeOp>())
    if (Status status = checkOp(op, types); !status)
      return status;
  return success();
}
