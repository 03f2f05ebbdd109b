//===- SimtTile.cpp - Products without tensor cores -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Thread l of a warp has the rows l / 8, l / 8 + 4, ... and, of every eight runs of columns,
// run l % 8: eight threads read the same chunk of x at once, and four the same run of w, which
// shared memory gives to all of them. For each chunk of a row of x (16 bytes of channels) the
// thread multiplies each channel with its columns of w. Chunks are straight-line code up to a
// limit, a loop beyond.
//
//===----------------------------------------------------------------------===//

#include "SimtTile.h"

using namespace mlir;
using namespace mlir::tconv;

constexpr static int64_t chunkBytes = 16;

SimtTile::SimtTile(KernelBuilder &b, const GpuKernelLayer &layer) : MultiplyTile(b, layer) {
  row = b.add(firstRow, b.div(lane, 8));
  column = b.add(firstColumn, b.mul(b.rem(lane, 8), runLength()));
  for (int64_t number = 0; number < 2; ++number)
    places.push_back(InputTile::locateRow(b, layer, b.add(row, number * 4)));
}

SmallVector<Value> SimtTile::zeroSums(KernelBuilder &b) const {
  return SmallVector<Value>(rows() * columns(), b.zero(layer.sum));
}

/// The elements of w of one channel and this thread's columns, in the type of the sums.
SmallVector<Value> SimtTile::loadColumns(KernelBuilder &b, Value filter, int64_t channel) const {
  SmallVector<Value> values;
  const int64_t length = runLength(), bytes = layer.elementBytes();
  auto type = VectorType::get({length}, layer.element);
  Value place = b.atByte(filter, b.mul(column, bytes));
  for (int64_t run = 0; run < columns() / length; ++run) {
    const int64_t element = channel * layer.schedule.blockN + run * 8 * length;
    Value loaded = b.load(type, b.atByte(place, element * bytes), length * bytes);
    for (int64_t number = 0; number < length; ++number)
      values.push_back(b.widen(b.extract(loaded, number), layer.sum));
  }
  return values;
}

Value SimtTile::multiplyAdd(KernelBuilder &b, Value x, Value w, Value sum) const {
  if (isa<FloatType>(layer.sum))
    return LLVM::FMAOp::create(b, x, w, sum);
  return b.add(b.mul(x, w), sum);
}

/// The products of the chunk of x at an exclusive-or distance from the first, in bytes, and of
/// the rows of w that belong to it.
void SimtTile::multiplyChunk(KernelBuilder &b, Value input, Value distance, Value filter,
                             MutableArrayRef<Value> sums) const {
  const int64_t perChunk = layer.chunkElements();
  const int64_t rowBytes = layer.schedule.blockK * layer.elementBytes();
  auto type = VectorType::get({perChunk}, layer.element);
  SmallVector<Value> x;
  for (int64_t number = 0; number < rows(); ++number) {
    // Rows that are eight apart have the same key.
    const InputTile::Row &place = places[number % 2];
    Value offset = b.add(place.offset, b.exclusiveOr(place.key, distance));
    Value address = b.atByte(b.atByte(input, offset), number / 2 * 8 * rowBytes);
    x.push_back(b.load(type, address, chunkBytes));
  }
  for (int64_t part = 0; part < perChunk; ++part) {
    SmallVector<Value> w = loadColumns(b, filter, part);
    for (int64_t number = 0; number < rows(); ++number) {
      Value element = b.widen(b.extract(x[number], part), layer.sum);
      for (int64_t other = 0; other < columns(); ++other) {
        Value &sum = sums[number * columns() + other];
        sum = multiplyAdd(b, element, w[other], sum);
      }
    }
  }
}

SmallVector<Value> SimtTile::multiply(KernelBuilder &b, Value input, Value filter,
                                      ValueRange sums) const {
  // As much code as a small cache for instructions holds.
  constexpr int64_t mostMultiplyAdds = 2048;
  const int64_t perChunk = layer.chunkElements(), chunks = layer.schedule.blockK / perChunk;
  const int64_t chunkElements = perChunk * layer.schedule.blockN;
  int64_t unrolled = chunks;
  while (unrolled > 1 && unrolled * perChunk * rows() * columns() > mostMultiplyAdds)
    unrolled /= 2;
  auto multiplyChunks = [&](Value first, ValueRange carried) {
    SmallVector<Value> results(carried);
    Value place = b.at(filter, layer.element, b.mul(first, chunkElements));
    for (int64_t chunk = 0; chunk < unrolled; ++chunk) {
      Value distance = b.mul(b.add(first, chunk), chunkBytes);
      Value w = b.atByte(place, chunk * chunkElements * layer.elementBytes());
      multiplyChunk(b, input, distance, w, results);
    }
    return results;
  };
  if (unrolled == chunks)
    return multiplyChunks(b.i32(0), sums);
  return b.loop(b.i32(0), b.i32(chunks), unrolled, sums, multiplyChunks);
}

void SimtTile::visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const {
  const int64_t length = runLength();
  for (int64_t run = 0; run < columns() / length; ++run)
    visit(b.div(lane, 8), b.add(column, run * 8 * length),
          sums.slice(slice * columns() + run * length, length));
}
