//===- TracedTensor.h - Where the elements of a tensor come from ---*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Front ends write zeros between the elements of a tensor, its rotation, its groups and
// its layout as chains of ops that move elements. A traced tensor is what such a chain
// does in all: which element of the chain's first tensor, or a zero, stands where.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_TRACEDTENSOR_H
#define TCONV_TRANSFORMS_RAISE_TRACEDTENSOR_H

#include "mlir/Dialect/Utils/ReshapeOpsUtils.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::tconv {

/// A factor of a dimension of the base, which is split where an op of the chain splits it.
struct Factor {
  int64_t baseDim;
  int64_t size; // may be dynamic, if it is the whole dimension
  bool reversed = false;
};

/// A dimension of a traced tensor: element `i`, counted over its factors, stands at
/// `low + i*stride`, and everything else is zero.
struct TracedDim {
  SmallVector<unsigned, 2> factors; // outermost first; none: one element
  int64_t low = 0;
  int64_t stride = 1;
  /// Whether there is nothing but the elements, side by side.
  bool whole = true;
};

/// Lists of factors, one for each dimension of a tensor to be made of them.
using Arrangement = SmallVector<SmallVector<unsigned, 2>>;

class TracedTensor {
public:
  /// A tensor of which nothing more is known.
  static TracedTensor leaf(Value value);
  /// Follows a ranked tensor as far as ops only move its elements and add zeros.
  static TracedTensor trace(Value value);

  Value base;
  SmallVector<Factor> factors;
  /// The factors in the order of the base's elements, outermost first.
  SmallVector<unsigned> order;
  SmallVector<TracedDim> dims;
  /// Whether an op of the chain reversed a dimension, even one of a single element.
  bool hasReversal = false;

  /// The number of elements along the factors; dynamic if that of one is.
  int64_t sizeOf(ArrayRef<unsigned> list) const;

  // What ops do, on the dimensions of the traced tensor. False, and nothing done, if the
  // result could not be described.
  void transpose(ArrayRef<int64_t> permutation);
  bool reverse(int64_t dim);
  /// Splits dimensions into those of `shape`.
  bool expand(ArrayRef<ReassociationIndices> groups, ArrayRef<int64_t> shape);
  /// Joins dimensions of a tensor of `shape`.
  bool collapse(ArrayRef<ReassociationIndices> groups, ArrayRef<int64_t> shape);
  /// Moves the elements of a dimension among zeros, `stride` apart.
  bool spread(int64_t dim, int64_t low, int64_t stride);
  /// Adds a dimension of one element.
  void addUnitDim(int64_t position) { dims.insert(dims.begin() + position, TracedDim()); }

  /// The base's elements as a tensor whose dimensions are the lists of factors, each factor
  /// in one list.
  Value arrange(OpBuilder &builder, Location loc, const Arrangement &arrangement) const;

private:
  static TracedTensor traceAt(Value value, unsigned depth);
  bool apply(Operation *op);
  bool split(TracedDim dim, ArrayRef<int64_t> sizes, MutableArrayRef<TracedDim> parts);
  bool takeFactors(TracedDim &dim, int64_t size, TracedDim &part);
  unsigned splitFactor(unsigned number, int64_t innerSize);
  bool join(ArrayRef<TracedDim> group, ArrayRef<int64_t> sizes, TracedDim &joined) const;
  Value expandBase(OpBuilder &builder, Location loc) const;
};

/// The constant of a type that a traced tensor is, if its base is one; null otherwise.
DenseElementsAttr readConstant(const TracedTensor &traced, RankedTensorType type);

/// Whether every element of a tensor, or a scalar, is a zero.
bool isZero(Value value);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_TRACEDTENSOR_H
