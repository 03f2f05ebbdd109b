//===- MatrixCopy.cpp - Copies between layouts ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MatrixCopy.h"

#include "Transpose.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

Type elementTypeOf(Value buffer) { return cast<MemRefType>(buffer.getType()).getElementType(); }

class TransposedCopy {
public:
  TransposedCopy(Emitter &b, const Matrix &from, const Matrix &to, Conversion convert,
                 PlacedConversion complete)
      : b(b), from(from), to(to), convert(convert), complete(complete),
        moved(elementTypeOf((complete ? from : to).buffer)), side(transposeSide(moved)) {}

  int64_t squareSide() const { return side; }
  void emitSquares(const IndexRange &rows, const IndexRange &columns);
  void emitFewRows(int64_t rows, const IndexRange &columns);
  void emitFewColumns(const IndexRange &rows, int64_t columns);
  void emitElements(const IndexRange &rows, const IndexRange &columns);

private:
  Value at(const Matrix &matrix, Value row, Value column) {
    return b.add(b.add(matrix.first, b.mul(row, matrix.stride)), column);
  }
  Value load(Value position) {
    auto type = VectorType::get(side, elementTypeOf(from.buffer));
    return toShuffled(b, convert(b.load(type, from.buffer, position)));
  }
  void store(Value vector, Value row, Value column) {
    storeAt(fromShuffled(b, vector, moved), row, at(to, row, column));
  }
  void storeAt(Value elements, Value row, Value position) {
    b.store(complete ? complete(elements, row, position) : elements, to.buffer, position);
  }
  void emitSquare(Value row, Value column);

  Emitter &b;
  Matrix from, to;
  Conversion convert;
  PlacedConversion complete;
  Type moved; ///< what changes places
  int64_t side;
};

void TransposedCopy::emitSquare(Value row, Value column) {
  SmallVector<Value> rows;
  for (int64_t index = 0; index < side; ++index)
    rows.push_back(load(at(from, b.add(row, index), column)));
  for (auto [index, vector] : llvm::enumerate(transpose(b, rows)))
    store(vector, b.add(column, index), row);
}

/// Two squares at a time, where there is room, next to each other in the buffer whose rows
/// are further apart: so that its cache lines are used up at once, and few of its rows,
/// which often fall into the same set of the cache, take turns.
void TransposedCopy::emitSquares(const IndexRange &rows, const IndexRange &columns) {
  const bool alongRows = from.knownStride() < to.knownStride();
  const IndexRange &inner = alongRows ? rows : columns, &outer = alongRows ? columns : rows;
  const int64_t squares = inner.atLeast >= 2 * side ? 2 : 1;
  forEachOverlapping(b, outer, side, [&](Value outerIndex) {
    forEachOverlapping(b, inner, squares * side, [&](Value innerIndex) {
      for (int64_t square = 0; square < squares; ++square) {
        Value index = b.add(innerIndex, square * side);
        alongRows ? emitSquare(index, outerIndex) : emitSquare(outerIndex, index);
      }
    });
  });
}

/// All rows of `from` where they and zeros fill the stride of `to`.
void TransposedCopy::emitFewRows(int64_t rows, const IndexRange &columns) {
  forEachOverlapping(b, columns, side, [&](Value column) {
    SmallVector<Value> vectors;
    for (int64_t row = 0; row < rows; ++row)
      vectors.push_back(load(at(from, b.index(row), column)));
    vectors.resize(to.knownStride(), b.zero(vectors.front().getType()));
    Value position = at(to, column, b.index(0));
    for (auto [index, vector] : llvm::enumerate(interleave(b, vectors)))
      b.store(fromShuffled(b, vector, moved), to.buffer, b.add(position, index * side));
  });
}

/// All columns of `from` where they fill its stride.
void TransposedCopy::emitFewColumns(const IndexRange &rows, int64_t columns) {
  forEachOverlapping(b, rows, side, [&](Value row) {
    Value position = at(from, row, b.index(0));
    SmallVector<Value> vectors;
    for (int64_t index = 0; index < columns; ++index)
      vectors.push_back(load(b.add(position, index * side)));
    for (auto [index, vector] : llvm::enumerate(deinterleave(b, vectors)))
      store(vector, b.index(index), row);
  });
}

void TransposedCopy::emitElements(const IndexRange &rows, const IndexRange &columns) {
  b.loop(columns.begin, columns.end, 1, [&](Value column) {
    b.loop(rows.begin, rows.end, 1, [&](Value row) {
      Value element = convert(b.load(from.buffer, at(from, row, column)));
      storeAt(element, column, at(to, column, row));
    });
  });
}

} // namespace

void mlir::tconv::forEachOverlapping(Emitter &b, const IndexRange &range, int64_t size,
                                     llvm::function_ref<void(Value)> body) {
  Value last = b.sub(range.end, b.index(size));
  b.loop(range.begin, range.end, size, [&](Value begin) { body(b.minSigned(begin, last)); });
}

Value Split::count(Emitter &b) const {
  return b.maxSigned(b.div(total, size), b.minSigned(total, b.index(1)));
}

IndexRange Split::piece(Emitter &b, Value number) const {
  Value pieces = count(b);
  if (getConstantIntValue(pieces) == 1)
    return {b.index(0), total, atLeast};
  Value begin = b.mul(number, size), last = b.sub(pieces, b.index(1));
  Value isLast = arith::CmpIOp::create(b, arith::CmpIPredicate::eq, number, last);
  Value end = arith::SelectOp::create(b, isLast, total, b.add(begin, size));
  return {begin, end, std::min(size, atLeast)};
}

void mlir::tconv::emitCopy(Emitter &b, Value from, Value fromFirst, Value to, Value toFirst,
                           const IndexRange &range, Conversion convert) {
  constexpr int64_t longest = 32, shortest = 4;
  int64_t size = longest;
  while (size > shortest && size > range.atLeast)
    size /= 2;
  auto copy = [&](Value element, auto load) {
    b.store(convert(load(b.add(fromFirst, element))), to, b.add(toFirst, element));
  };
  if (size > range.atLeast)
    return b.loop(range.begin, range.end, 1, [&](Value element) {
      copy(element, [&](Value position) { return b.load(from, position); });
    });
  auto type = VectorType::get(size, elementTypeOf(from));
  forEachOverlapping(b, range, size, [&](Value element) {
    copy(element, [&](Value position) { return b.load(type, from, position); });
  });
}

bool mlir::tconv::emitTransposedCopy(Emitter &b, const Matrix &from, const Matrix &to,
                                     const IndexRange &rows, const IndexRange &columns,
                                     Conversion convert, PlacedConversion complete,
                                     bool ownsStride) {
  TransposedCopy copy(b, from, to, convert, complete);
  const int64_t side = copy.squareSide();
  if (rows.atLeast >= side && columns.atLeast >= side)
    copy.emitSquares(rows, columns);
  else if (!complete && columns.atLeast >= side && to.knownStride() <= side &&
           (ownsStride || rows.atLeast == to.knownStride())) {
    copy.emitFewRows(rows.atLeast, columns);
    return true;
  } else if (rows.atLeast >= side && from.knownStride() == columns.atLeast)
    copy.emitFewColumns(rows, columns.atLeast);
  else
    copy.emitElements(rows, columns);
  return false;
}
