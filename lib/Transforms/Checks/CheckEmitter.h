//===- CheckEmitter.h - Assertions about sizes ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CHECKS_CHECKEMITTER_H
#define TCONV_LIB_TRANSFORMS_CHECKS_CHECKEMITTER_H

#include "tconv/IR/IndexExpr.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Builders.h"

namespace mlir::tconv {

/// On assertions of tconv-check-shapes, while it runs.
inline constexpr StringLiteral checkMarker = "tconv.check";

/// Emits the assertions of one op, in front of it.
class CheckEmitter {
public:
  using Predicate = arith::CmpIPredicate;
  /// An i1 that must be true, or null for what is known to hold.
  using Condition = Value;

  explicit CheckEmitter(Operation *op);

  /// The size of a tensor or a buffer in a dimension.
  IndexExpr sizeOf(Value shaped, int64_t dim);
  IndexExpr number(OpFoldResult value) { return IndexExpr(builder, loc, value); }
  Value valueOf(const IndexExpr &number);

  Condition compare(Predicate predicate, const IndexExpr &a, const IndexExpr &b);
  Condition both(Condition a, Condition b);
  /// Whether one of two conditions holds, the first of which is no null.
  Condition either(Condition a, Condition b);

  /// Whether the product of numbers is at most `limit`, be it beyond 64 bits.
  Condition fitProduct(ArrayRef<IndexExpr> numbers, int64_t limit);

  /// Asserts a condition; `text` says what was expected.
  void check(Condition holds, const Twine &text);
  void checkEqual(const IndexExpr &a, const IndexExpr &b, const Twine &text) {
    check(compare(Predicate::eq, a, b), text);
  }
  void checkAtLeast(const IndexExpr &a, int64_t least, const Twine &text) {
    check(compare(Predicate::sge, a, IndexExpr(least)), text);
  }
  /// Asserts that the sizes which the type of a result claims are those that are computed.
  void checkDeclared(ShapedType type, ArrayRef<IndexExpr> sizes);
  /// Asserts that an index is in [0, size).
  void checkIndex(const IndexExpr &index, const IndexExpr &size, const Twine &text);

  OpBuilder builder;
  Location loc;

private:
  bool holdsInLoop(Predicate predicate, const IndexExpr &a, const IndexExpr &b);

  Operation *op;
};

/// "8", or "?" for a number that only run time knows.
std::string describe(const IndexExpr &number);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CHECKS_CHECKEMITTER_H
