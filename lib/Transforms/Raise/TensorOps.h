//===- TensorOps.h - What other dialects do to tensors, upstream ---*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The ops that stand around layers in StableHLO, in torch and in ONNX mean the same. These
// functions build each of them in upstream dialects.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_TENSOROPS_H
#define TCONV_TRANSFORMS_RAISE_TENSOROPS_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

#include <functional>

namespace mlir::tconv {

/// A function of numbers, built on scalars or, element by element, on tensors.
using NumberFunction = std::function<Value(OpBuilder &, Location, ValueRange)>;

/// Contracted and batch dimensions of the two operands of a product of tensors.
struct ContractionDims {
  SmallVector<int64_t> leftBatch, rightBatch, leftSum, rightSum;
};

class TensorOps {
public:
  TensorOps(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  /// A tensor of one number; of static shape.
  Value splat(RankedTensorType type, double number);
  /// Applies a function to elements. Operands of fewer dimensions lack the outermost ones;
  /// a dimension of one element is repeated.
  Value map(RankedTensorType type, ValueRange operands, const NumberFunction &function);
  /// Repeats a tensor along the dimensions of the result that `dims` does not list. Null if
  /// a size of the result is unknown; `sizes` are all of them, if given.
  Value broadcast(RankedTensorType type, Value value, ArrayRef<int64_t> dims,
                  ArrayRef<OpFoldResult> sizes = {});
  /// The elements in their order in another shape. Null if the sizes leave open how.
  Value reshape(RankedTensorType type, Value value);
  Value transpose(Value value, ArrayRef<int64_t> permutation);
  /// Null if a size of a dimension is unknown.
  Value reverse(Value value, ArrayRef<int64_t> dims);
  /// Adds elements at both ends and between the others, and cuts off where numbers are
  /// negative.
  Value pad(Value value, Value number, ArrayRef<int64_t> low, ArrayRef<int64_t> high,
            ArrayRef<int64_t> interior);
  /// The elements `first`, `first + stride`, ... of each dimension, `counts` of them.
  Value slice(Value value, ArrayRef<int64_t> firsts, ArrayRef<int64_t> counts,
              ArrayRef<int64_t> strides);
  Value concatenate(ValueRange values, int64_t dim);
  /// Combines the elements along dimensions, which disappear, beginning with a scalar.
  Value reduce(Value value, ArrayRef<int64_t> dims, Value start, const NumberFunction &combine);
  /// The product of two tensors: batch dimensions first, then what is left of each operand.
  Value contract(RankedTensorType type, Value left, Value right, const ContractionDims &dims);
  /// The numbers in another element type.
  Value convert(Value value, Type elementType);

  OpBuilder &builder;
  Location loc;

private:
  Value createZeros(ArrayRef<OpFoldResult> sizes, Type elementType, Value number);
  Value spread(Value value, Value number, ArrayRef<int64_t> interior);
};

/// A number as another type has it; null if there is no telling.
Value convertNumber(OpBuilder &builder, Location loc, Value value, Type elementType);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_TENSOROPS_H
