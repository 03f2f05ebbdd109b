//===- Transpose.cpp - Transposition in registers -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transpose.h"

using namespace mlir;
using namespace mlir::tconv;

/// Bits of the parts of a register that x86's shuffles do not cross.
static constexpr int64_t partBits = 128;

int64_t mlir::tconv::transposeSide(Type element) {
  return element.getIntOrFloatBitWidth() == 64 ? 4 : 8;
}

static int64_t numLanes(Value vector) { return cast<VectorType>(vector.getType()).getDimSize(0); }

/// Replaces two rows by the low and the high halves of what `mask` makes of them.
static void combine(Emitter &b, Value &first, Value &second, ArrayRef<int64_t> low,
                    ArrayRef<int64_t> high) {
  Value lows = vector::ShuffleOp::create(b, first, second, low);
  second = vector::ShuffleOp::create(b, first, second, high);
  first = lows;
}

/// Transposes the square of each part, row groups of `part` rows by parts of as many
/// lanes: each round interleaves the rows that are half the group apart.
static void transposeParts(Emitter &b, MutableArrayRef<Value> rows, int64_t part) {
  const int64_t lanes = numLanes(rows.front());
  SmallVector<int64_t> low, high;
  for (int64_t first = 0; first < lanes; first += part)
    for (int64_t lane = 0; lane < part / 2; ++lane) {
      low.append({first + lane, lanes + first + lane});
      high.append({first + part / 2 + lane, lanes + first + part / 2 + lane});
    }
  for (int64_t round = 1; round < part; round *= 2) {
    SmallVector<Value> before(rows);
    for (int64_t row = 0; row < part / 2; ++row) {
      rows[2 * row] = before[row];
      rows[2 * row + 1] = before[row + part / 2];
      combine(b, rows[2 * row], rows[2 * row + 1], low, high);
    }
  }
}

/// Exchanges the squares of `size` rows and lanes beside the diagonal.
static void exchangeSquares(Emitter &b, MutableArrayRef<Value> rows, int64_t size) {
  const int64_t lanes = numLanes(rows.front());
  SmallVector<int64_t> low, high;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    const bool upper = lane / size % 2;
    low.push_back(upper ? lanes + lane - size : lane);
    high.push_back(upper ? lanes + lane : lane + size);
  }
  for (int64_t row = 0; row < lanes; ++row)
    if (row / size % 2 == 0)
      combine(b, rows[row], rows[row + size], low, high);
}

SmallVector<Value> mlir::tconv::transpose(Emitter &b, ArrayRef<Value> rows) {
  SmallVector<Value> result(rows);
  const int64_t lanes = numLanes(rows.front());
  const int64_t bits = cast<VectorType>(rows.front().getType()).getElementTypeBitWidth();
  const int64_t part = std::min(lanes, partBits / bits);
  for (int64_t first = 0; first < lanes; first += part)
    transposeParts(b, MutableArrayRef(result).slice(first, part), part);
  for (int64_t size = part; size < lanes; size *= 2)
    exchangeSquares(b, result, size);
  return result;
}

/// A vector of elements of several vectors, which `positions` counts one after the other.
static Value pick(Emitter &b, ArrayRef<Value> vectors, ArrayRef<int64_t> positions) {
  const int64_t lanes = numLanes(vectors.front());
  Value picked;
  for (auto [index, vector] : llvm::enumerate(vectors)) {
    const auto number = static_cast<int64_t>(index);
    if (llvm::none_of(positions, [&](int64_t at) { return at / lanes == number; }))
      continue;
    SmallVector<int64_t> mask;
    for (auto [lane, at] : llvm::enumerate(positions)) {
      const bool isHere = at / lanes == number, isDone = at / lanes < number;
      mask.push_back(isHere ? (picked ? lanes : 0) + at % lanes
                            : (isDone ? int64_t(lane) : vector::ShuffleOp::kPoisonIndex));
    }
    picked = vector::ShuffleOp::create(b, picked ? picked : vector, vector, mask);
  }
  return picked;
}

SmallVector<Value> mlir::tconv::interleave(Emitter &b, ArrayRef<Value> columns) {
  const int64_t lanes = numLanes(columns.front()), count = columns.size();
  if (count == 1)
    return SmallVector<Value>(columns);
  SmallVector<Value> result;
  for (int64_t vector = 0; vector < count; ++vector) {
    SmallVector<int64_t> positions;
    for (int64_t element = vector * lanes; element < (vector + 1) * lanes; ++element)
      positions.push_back(element % count * lanes + element / count);
    result.push_back(pick(b, columns, positions));
  }
  return result;
}

Value mlir::tconv::interleaveLanes(Emitter &b, ArrayRef<Value> vectors) {
  if (vectors.size() == 1)
    return vectors.front();
  if (vectors.size() % 2 == 0) {
    SmallVector<Value> even, odd;
    for (auto [index, vector] : llvm::enumerate(vectors))
      (index % 2 ? odd : even).push_back(vector);
    return vector::InterleaveOp::create(b, interleaveLanes(b, even), interleaveLanes(b, odd));
  }
  // All but the last, and the last one's lanes in between.
  Value rest = interleaveLanes(b, vectors.drop_back());
  const auto count = static_cast<int64_t>(vectors.size());
  const int64_t lanes = cast<VectorType>(vectors.back().getType()).getNumElements();
  const int64_t restLanes = lanes * (count - 1);
  SmallVector<int64_t> mask;
  for (int64_t lane = 0; lane < lanes; ++lane) {
    for (int64_t part = 0; part < count - 1; ++part)
      mask.push_back(lane * (count - 1) + part);
    mask.push_back(restLanes + lane);
  }
  return vector::ShuffleOp::create(b, rest, vectors.back(), mask);
}

SmallVector<Value> mlir::tconv::deinterleave(Emitter &b, ArrayRef<Value> vectors) {
  const int64_t lanes = numLanes(vectors.front()), count = vectors.size();
  if (count == 1)
    return SmallVector<Value>(vectors);
  SmallVector<Value> result;
  for (int64_t column = 0; column < count; ++column) {
    SmallVector<int64_t> positions;
    for (int64_t lane = 0; lane < lanes; ++lane)
      positions.push_back(lane * count + column);
    result.push_back(pick(b, vectors, positions));
  }
  return result;
}

static bool isShuffledAsInteger(Type element) { return element.isF16() || element.isBF16(); }

/// Where there are several channels, rows of the words that hold them are transposed: shuffles of
/// words are the fastest, for the processor and for LLVM.
SmallVector<Value> mlir::tconv::transposeChannels(Emitter &b,
                                                  ArrayRef<SmallVector<Value>> matrices) {
  const int64_t side = numLanes(matrices.front().front());
  const bool isNarrow = static_cast<int64_t>(matrices.front().size()) < side;
  SmallVector<SmallVector<Value>> channels(matrices);
  if (isNarrow)
    for (SmallVector<Value> &rows : channels)
      rows = deinterleave(b, rows);
  SmallVector<Value> lanes;
  for (size_t row = 0; row < channels.front().size(); ++row) {
    SmallVector<Value> ofRow;
    for (const SmallVector<Value> &rows : channels)
      ofRow.push_back(rows[row]);
    lanes.push_back(interleaveLanes(b, ofRow));
  }
  if (isNarrow)
    return lanes;
  Type whole = lanes.front().getType();
  auto castAll = [&](Type to) {
    for (Value &vector : lanes)
      vector = vector::BitCastOp::create(b, to, vector);
  };
  const bool isWord = channels.size() > 1;
  if (isWord)
    castAll(VectorType::get(side, b.getI32Type()));
  lanes = transpose(b, lanes);
  if (isWord)
    castAll(whole);
  return lanes;
}

Value mlir::tconv::toShuffled(Emitter &b, Value vector) {
  auto type = cast<VectorType>(vector.getType());
  if (!isShuffledAsInteger(type.getElementType()))
    return vector;
  return vector::BitCastOp::create(b, type.cloneWith(std::nullopt, b.getI16Type()), vector);
}

Value mlir::tconv::fromShuffled(Emitter &b, Value vector, Type element) {
  if (!isShuffledAsInteger(element))
    return vector;
  auto type = cast<VectorType>(vector.getType()).cloneWith(std::nullopt, element);
  return vector::BitCastOp::create(b, cast<VectorType>(type), vector);
}
