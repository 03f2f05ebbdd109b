//===- TransformEmitter.cpp - Linear transforms of vectors ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A transform of several dimensions is one of each, the matrix applied to all lines along it. The
// matrices are small and full of 0, 1 and -1: a row is a chain of additions and subtractions, with
// multiplications for its other entries only.
//
//===----------------------------------------------------------------------===//

#include "TransformEmitter.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

Value scale(Emitter &b, Value value, ::tconv::Rational factor) {
  Type type = value.getType();
  TypedAttr number = b.getFloatAttr(getElementTypeOrSelf(type), factor.toDouble());
  if (auto vector = dyn_cast<VectorType>(type))
    number = DenseElementsAttr::get(vector, number);
  return arith::MulFOp::create(b, value, arith::ConstantOp::create(b, number));
}

Value emitRow(Emitter &b, const std::vector<::tconv::Rational> &row, ArrayRef<Value> values) {
  const ::tconv::Rational one(1), minusOne(-1);
  Value sum;
  for (const ::tconv::RowTerm &term : ::tconv::orderTerms(row)) {
    Value value = values[term.column];
    if (sum && term.factor == minusOne) {
      sum = arith::SubFOp::create(b, sum, value);
      continue;
    }
    value = term.factor == one ? value : scale(b, value, term.factor);
    sum = sum ? arith::AddFOp::create(b, sum, value) : value;
  }
  return sum;
}

} // namespace

SmallVector<Value> mlir::tconv::emitTransform(Emitter &b, ArrayRef<::tconv::CookToom> transforms,
                                              ::tconv::RationalMatrix(::tconv::CookToom::*matrix),
                                              SmallVector<Value> values) {
  // Dimensions before the one at hand are transformed already.
  size_t outer = 1, inner = values.size();
  for (const ::tconv::CookToom &transform : transforms) {
    const ::tconv::RationalMatrix &rows = transform.*matrix;
    const size_t columns = rows.front().size();
    inner /= columns;
    SmallVector<Value> next(outer * rows.size() * inner);
    for (size_t before = 0; before < outer; ++before)
      for (size_t behind = 0; behind < inner; ++behind) {
        SmallVector<Value> line;
        for (size_t column = 0; column < columns; ++column)
          line.push_back(values[(before * columns + column) * inner + behind]);
        for (auto [number, row] : llvm::enumerate(rows))
          next[(before * rows.size() + number) * inner + behind] = emitRow(b, row, line);
      }
    outer *= rows.size();
    values = std::move(next);
  }
  return values;
}
