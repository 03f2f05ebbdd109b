//===- IndexExpr.h - Index arithmetic that builds IR ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The integer type with which Geometry's formulas are built for sizes that are known
// only at run time. What is known folds to constants; the rest is collected into one
// affine expression and becomes IR where a value is asked for.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_INDEXEXPR_H
#define TCONV_IR_INDEXEXPR_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/OpDefinition.h"

namespace mlir::tconv {

class IndexExpr {
public:
  explicit IndexExpr(int64_t constant) : constant(constant) {}
  IndexExpr(OpBuilder &builder, Location loc, Value value);
  IndexExpr(OpBuilder &builder, Location loc, OpFoldResult value);

  /// The number, if it is known.
  std::optional<int64_t> getConstant() const;
  /// The value, as a constant attribute or an affine.apply.
  OpFoldResult materialize(OpBuilder &builder, Location loc) const;

  friend IndexExpr operator+(const IndexExpr &a, const IndexExpr &b);
  friend IndexExpr operator-(const IndexExpr &a, const IndexExpr &b);
  friend IndexExpr operator*(const IndexExpr &a, int64_t b);
  friend IndexExpr floorDiv(const IndexExpr &a, int64_t b);
  friend IndexExpr ceilDiv(const IndexExpr &a, int64_t b);
  friend IndexExpr mod(const IndexExpr &a, int64_t b);
  friend IndexExpr min(const IndexExpr &a, const IndexExpr &b);
  friend IndexExpr max(const IndexExpr &a, const IndexExpr &b);

private:
  /// Where IR is built; of a constant, nowhere.
  struct Site {
    OpBuilder *builder;
    Location loc;
  };
  using Combine = function_ref<AffineExpr(AffineExpr, AffineExpr)>;

  IndexExpr(Site site, AffineExpr expr, ArrayRef<Value> operands)
      : site(site), expr(expr), operands(operands) {}
  AffineExpr exprIn(MLIRContext *context) const;
  static IndexExpr combine(const IndexExpr &a, const IndexExpr &b, Combine combine);
  static IndexExpr pick(const IndexExpr &a, const IndexExpr &b, bool smaller);

  int64_t constant = 0;
  std::optional<Site> site;
  AffineExpr expr;
  SmallVector<Value, 4> operands;
};

} // namespace mlir::tconv

#endif // TCONV_IR_INDEXEXPR_H
