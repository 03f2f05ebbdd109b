//===- Torch.h - Ops of torch in generic form ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// torch-mlir's types are opaque here; the op's operands are read through these functions.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_TORCH_H
#define TCONV_TRANSFORMS_RAISE_TORCH_H

#include "TensorOps.h"

#include "mlir/IR/Operation.h"

namespace mlir::tconv {

/// The tensor type that a `!torch.vtensor<[1,?],f32>` stands for; null if it is none, or
/// leaves the rank or the element type open.
RankedTensorType getTensorType(Type torchType);

// What ops like torch.constant.int and torch.prim.ListConstruct give.
bool isNone(Value value);
std::optional<int64_t> getTorchInteger(Value value);
std::optional<double> getTorchNumber(Value value); // an integer or a float
std::optional<SmallVector<int64_t>> getTorchIntegers(Value value);

/// The name in NumPy of a function of tensors, which may have a variant behind a dot; empty if
/// there is none.
StringRef getNumpyName(StringRef name);
/// The element type of a torch.dtype's number; null if it is not known.
Type getDtype(int64_t code, MLIRContext *context);

/// One op, with its tensor operands as tensors.
struct TorchOp {
  Operation *op;
  OpBuilder &builder;
  RankedTensorType type;                // of its first result
  std::function<Value(Value)> tensorOf; // null if the operand is no ranked tensor

  Value tensor(unsigned number) const {
    return number < op->getNumOperands() ? tensorOf(op->getOperand(number)) : Value();
  }
};

/// The op in upstream dialects; null if it is not known or says what is not supported.
Value lowerTorchOp(const TorchOp &op);

/// A `torch.aten.convolution` as a layer or as a convolution in linalg. An error if it
/// contradicts itself, null if something of it is not known.
FailureOr<Value> raiseTorchConvolution(const TorchOp &op);

/// A `torch.operator "onnx.NAME"`, likewise.
FailureOr<Value> raiseOnnxOperator(const TorchOp &op);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_TORCH_H
