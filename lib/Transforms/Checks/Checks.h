//===- Checks.h - What each op expects of sizes -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One function for each kind of op. Each asserts what the verifier of the op would check if all
// sizes, offsets and numbers were known. To have another op checked, add a case to one of them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CHECKS_CHECKS_H
#define TCONV_LIB_TRANSFORMS_CHECKS_CHECKS_H

#include "mlir/IR/Operation.h"

namespace mlir::tconv {

class ConvTransposeOp;

/// Layers.
void emitLayerChecks(ConvTransposeOp op);
/// Ops whose operands have the same shape, and linalg ops.
void emitLoopChecks(Operation *op);
/// Slices, elements, and ops that make a tensor of sizes that are given.
void emitTensorChecks(Operation *op);
/// Ops that see the same elements in another shape.
void emitReshapeChecks(Operation *op);
/// Transfers between tensors and vectors, and divisions of numbers.
void emitScalarChecks(Operation *op);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CHECKS_CHECKS_H
