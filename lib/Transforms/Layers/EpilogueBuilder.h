//===- EpilogueBuilder.h - The region of a kernel, op by op -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums of f16 and bf16 are f32. An op on the rounded tensor has to see rounded numbers,
// and to round its result: the region computes in f32, and rounds where the bits would
// differ. Rounding commutes with comparisons, so that none is left in a relu.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_EPILOGUEBUILDER_H
#define TCONV_LIB_TRANSFORMS_LAYERS_EPILOGUEBUILDER_H

#include "Neighbours.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tconv {

/// Appends elementwise ops on tensors (ElementwiseOps.h) to the region of a kernel on
/// tensors, as ops on numbers.
class EpilogueBuilder {
public:
  explicit EpilogueBuilder(KernelOp kernel);

  /// An op whose operands are the kernel's result, uniform constants, results of ops that were
  /// appended before, and neighbours (Neighbours.h), which dominate the kernel.
  void append(Operation *op);
  /// Ends the region: the kernel's result is from now on that of an appended op.
  void finish(Value result);

private:
  /// What stands for a number of the tensor's type; if it is not exact, its rounding does.
  struct Scalar {
    Value value;
    bool exact = true;
  };

  void appendLinalg(linalg::LinalgOp op);
  void appendScalar(Operation *op);
  Scalar emit(Operation *op);
  Scalar emitWide(Operation *op, bool roundOperands);
  Scalar emitNarrow(Operation *op);
  Value clone(Operation *op, ArrayRef<Value> operands, Type type);

  void addNeighbour(Value value, AffineMap map);
  void changeType(Type type);
  Scalar get(Value value);
  Value getExact(Value value);
  /// Whether numbers of this type are held in the type of the sums.
  bool isNarrow(Type type) const { return type == element && element != sum; }

  KernelOp kernel;
  OpBuilder builder;
  Type sum;
  Type element;
  DenseMap<Value, Scalar> scalars;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_EPILOGUEBUILDER_H
