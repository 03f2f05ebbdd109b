//===- SimtTile.cpp - Products without tensor cores -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SimtTile.h"

using namespace mlir;
using namespace mlir::tconv;

constexpr static int64_t chunkBytes = 16;

SimtTile::SimtTile(KernelBuilder &b, const GpuLayer &layer) : MultiplyTile(b, layer) {
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

SmallVector<Value> SimtTile::multiply(KernelBuilder &b, Value input, Value filter,
                                      ValueRange sums) const {
  SmallVector<Value> results(sums);
  const int64_t perChunk = layer.chunkElements();
  const int64_t rowBytes = layer.schedule.blockK * layer.elementBytes();
  auto type = VectorType::get({perChunk}, layer.element);
  for (int64_t chunk = 0; chunk < layer.schedule.blockK / perChunk; ++chunk) {
    SmallVector<Value> x;
    for (int64_t number = 0; number < rows(); ++number) {
      // Rows that are eight apart have the same key.
      const InputTile::Row &place = places[number % 2];
      Value offset = b.add(place.offset, b.exclusiveOr(place.key, chunk * chunkBytes));
      Value address = b.atByte(b.atByte(input, offset), number / 2 * 8 * rowBytes);
      x.push_back(b.load(type, address, chunkBytes));
    }
    for (int64_t part = 0; part < perChunk; ++part) {
      SmallVector<Value> w = loadColumns(b, filter, chunk * perChunk + part);
      for (int64_t number = 0; number < rows(); ++number) {
        Value element = b.widen(b.extract(x[number], part), layer.sum);
        for (int64_t other = 0; other < columns(); ++other) {
          Value &sum = results[number * columns() + other];
          sum = multiplyAdd(b, element, w[other], sum);
        }
      }
    }
  }
  return results;
}

void SimtTile::visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const {
  const int64_t length = runLength();
  for (int64_t run = 0; run < columns() / length; ++run)
    visit(b.div(lane, 8), b.add(column, run * 8 * length),
          sums.slice(slice * columns() + run * length, length));
}
