//===- SizeAnalysis.h - Sizes of tensors as expressions ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Whether two sizes that are known only at run time differ by a constant.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_SIZEANALYSIS_H
#define TCONV_TRANSFORMS_RAISE_SIZEANALYSIS_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/OpDefinition.h"

namespace mlir::tconv {

/// Sizes as affine expressions of those that nothing is known of, which are its symbols.
class SizeAnalysis {
public:
  explicit SizeAnalysis(MLIRContext *context) : context(context) {}

  /// The size of a dimension of a ranked tensor.
  AffineExpr sizeOf(Value tensor, int64_t dim);
  /// A number that index arithmetic computes.
  AffineExpr evaluate(OpFoldResult number);

  /// `a - b`, if that is the same whatever the symbols are.
  std::optional<int64_t> differenceOf(AffineExpr a, AffineExpr b) const;

private:
  AffineExpr evaluate(Value number, unsigned depth);
  AffineExpr evaluateOp(Operation *op, unsigned depth);
  AffineExpr sizeOf(Value tensor, int64_t dim, unsigned depth);
  AffineExpr sizeOfResult(Operation *op, int64_t dim, unsigned depth);
  AffineExpr evaluate(OpFoldResult number, unsigned depth);
  /// A dimension of a tensor or, if `dim` is -1, a number.
  AffineExpr symbolOf(Value value, int64_t dim);

  MLIRContext *context;
  DenseMap<std::pair<Value, int64_t>, unsigned> symbols;
};

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_SIZEANALYSIS_H
