//===- IndexExpr.cpp - Index arithmetic that builds IR --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A number that is known is a number. As soon as a value comes in, an expression is an affine
// one over values, and an op is made where somebody needs the value, or for a minimum or a
// maximum, which are not affine.
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/IndexExpr.h"

#include "tconv/Geometry/CheckedInt.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"

using namespace mlir;
using namespace mlir::tconv;

IndexExpr::IndexExpr(OpBuilder &builder, Location loc, Value value)
    : IndexExpr(builder, loc, OpFoldResult(value)) {}

IndexExpr::IndexExpr(OpBuilder &builder, Location loc, OpFoldResult value) {
  if (std::optional<int64_t> known = getConstantIntValue(value)) {
    constant = *known;
    return;
  }
  site = Site{&builder, loc};
  expr = builder.getAffineDimExpr(0);
  operands.push_back(cast<Value>(value));
}

std::optional<int64_t> IndexExpr::getConstant() const {
  if (!site)
    return constant;
  if (auto known = dyn_cast<AffineConstantExpr>(expr))
    return known.getValue();
  return std::nullopt;
}

OpFoldResult IndexExpr::materialize(OpBuilder &builder, Location loc) const {
  if (std::optional<int64_t> known = getConstant())
    return builder.getIndexAttr(*known);
  AffineMap map = AffineMap::get(operands.size(), 0, expr);
  return affine::makeComposedFoldedAffineApply(builder, loc, map, getAsOpFoldResult(operands));
}

AffineExpr IndexExpr::exprIn(MLIRContext *context) const {
  return site ? expr : getAffineConstantExpr(constant, context);
}

IndexExpr IndexExpr::combine(const IndexExpr &a, const IndexExpr &b, Combine combine) {
  Site site = a.site ? *a.site : *b.site;
  MLIRContext *context = site.builder->getContext();
  SmallVector<Value, 4> operands(a.operands);
  llvm::append_range(operands, b.operands);
  AffineExpr shifted = b.exprIn(context).shiftDims(b.operands.size(), a.operands.size());
  return IndexExpr(site, combine(a.exprIn(context), shifted), operands);
}

IndexExpr IndexExpr::pick(const IndexExpr &a, const IndexExpr &b, bool smaller) {
  std::optional<int64_t> left = a.getConstant(), right = b.getConstant();
  if (left && right)
    return IndexExpr(smaller ? std::min(*left, *right) : std::max(*left, *right));
  SmallVector<AffineExpr, 2> results;
  IndexExpr both = combine(a, b, [&](AffineExpr x, AffineExpr y) {
    results = {x, y};
    return x;
  });
  OpBuilder &builder = *both.site->builder;
  Location loc = both.site->loc;
  AffineMap map = AffineMap::get(both.operands.size(), 0, results, builder.getContext());
  SmallVector<OpFoldResult> operands = getAsOpFoldResult(both.operands);
  OpFoldResult picked = smaller ? affine::makeComposedFoldedAffineMin(builder, loc, map, operands)
                                : affine::makeComposedFoldedAffineMax(builder, loc, map, operands);
  return IndexExpr(builder, loc, picked);
}

namespace mlir::tconv {

IndexExpr operator+(const IndexExpr &a, const IndexExpr &b) {
  if (!a.site && !b.site)
    return IndexExpr(a.constant + b.constant);
  return IndexExpr::combine(a, b, [](AffineExpr x, AffineExpr y) { return x + y; });
}

IndexExpr operator-(const IndexExpr &a, const IndexExpr &b) {
  if (!a.site && !b.site)
    return IndexExpr(a.constant - b.constant);
  return IndexExpr::combine(a, b, [](AffineExpr x, AffineExpr y) { return x - y; });
}

IndexExpr operator*(const IndexExpr &a, int64_t b) {
  return a.site ? IndexExpr(*a.site, a.expr * b, a.operands) : IndexExpr(a.constant * b);
}

IndexExpr floorDiv(const IndexExpr &a, int64_t b) {
  if (!a.site)
    return IndexExpr(*floorDiv(::tconv::CheckedInt(a.constant), b).value());
  return IndexExpr(*a.site, a.expr.floorDiv(b), a.operands);
}

IndexExpr ceilDiv(const IndexExpr &a, int64_t b) {
  if (!a.site)
    return IndexExpr(*ceilDiv(::tconv::CheckedInt(a.constant), b).value());
  return IndexExpr(*a.site, a.expr.ceilDiv(b), a.operands);
}

IndexExpr mod(const IndexExpr &a, int64_t b) {
  if (!a.site)
    return IndexExpr(*mod(::tconv::CheckedInt(a.constant), b).value());
  return IndexExpr(*a.site, a.expr % b, a.operands);
}

IndexExpr min(const IndexExpr &a, const IndexExpr &b) {
  return IndexExpr::pick(a, b, /*smaller=*/true);
}

IndexExpr max(const IndexExpr &a, const IndexExpr &b) {
  return IndexExpr::pick(a, b, /*smaller=*/false);
}

} // namespace mlir::tconv
