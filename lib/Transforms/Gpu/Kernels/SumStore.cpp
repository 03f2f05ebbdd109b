//===- SumStore.cpp - From sums in registers to memory --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Where the outputs of a row stand in y is computed once, before the sums, and kept in a table
// at the end of shared memory. After the last step threads write their sums where the stages
// were, row by row, in as many passes as it takes, and read them back so that neighbours in a
// warp are neighbours in y: channels of a row, as vectors, if channels are last, otherwise rows
// of a channel. How far apart rows are is in GpuSharedMemory.
//
//===----------------------------------------------------------------------===//

#include "SumStore.h"

#include "PixelPosition.h"
#include "ScalarEpilogue.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tconv;

SumStore::SumStore(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block,
                   const SumTarget &target, Value shared)
    : layer(layer), block(block), target(target), shared(shared) {
  createTable(b);
}

int64_t SumStore::vectorLength() const {
  if (!layer.problem.channelsLast())
    return 1;
  return std::gcd(std::gcd(layer.outputChannels(), layer.schedule.blockN), 16 / targetBytes());
}

/// Computes once for each row where its pixel is stored; negative if it is none.
void SumStore::createTable(KernelBuilder &b) const {
  Value table = b.atByte(shared, layer.memory.tableOffset);
  b.loop(b.threadIndex(), b.i32(layer.schedule.blockM), layer.schedule.multiplyingThreads(),
         [&](Value row) {
           Value pixel = b.add(block.firstPixel, row);
           Value position = locateOutput(b, layer, block.phase, pixel);
           position = b.select(b.below(pixel, block.phase.pixels), position, b.i32(-1));
           b.store(position, b.at(table, b.getI32Type(), row), 4);
         });
}

void SumStore::emit(KernelBuilder &b, const MultiplyTile &multiply, ValueRange sums) const {
  for (int64_t pass = 0; pass < layer.memory.passes; ++pass) {
    if (pass > 0)
      syncMultiplyingThreads(b, layer.schedule);
    exchange(b, multiply, pass, sums);
    syncMultiplyingThreads(b, layer.schedule);
    storePass(b, pass);
  }
}

/// Writes this thread's sums of a pass to shared memory.
void SumStore::exchange(KernelBuilder &b, const MultiplyTile &multiply, int64_t pass,
                        ValueRange sums) const {
  const int64_t perSlice = layer.schedule.rowsPerSlice(), slices = warpRows() / perSlice;
  Value firstLine = b.mul(warpRow(b, layer.schedule), warpRows());
  for (int64_t slice = 0; slice < slices; ++slice)
    multiply.visitSlice(
        b, pass * slices + slice, sums, [&](Value row, Value column, ValueRange run) {
          Value line = b.add(b.add(firstLine, row), slice * perSlice);
          Value index = b.add(b.mul(line, layer.memory.sumRowElements), column);
          Value address = b.at(shared, layer.sum, index);
          if (!layer.problem.channelsLast() || run.size() == 1) {
            for (auto [number, sum] : llvm::enumerate(run))
              b.store(sum, b.atByte(address, number * layer.sumBytes()), layer.sumBytes());
            return;
          }
          const auto length = static_cast<int64_t>(run.size());
          Value vector = b.poison(VectorType::get({length}, layer.sum));
          for (auto [number, sum] : llvm::enumerate(run))
            vector = b.insert(sum, vector, static_cast<int64_t>(number));
          b.store(vector, address, std::min<int64_t>(length * layer.sumBytes(), 16));
        });
}

void SumStore::storePass(KernelBuilder &b, int64_t pass) const {
  const int64_t columns = layer.schedule.blockN / vectorLength();
  Value table = b.atByte(shared, layer.memory.tableOffset);
  b.loop(b.threadIndex(), b.i32(rows() * columns), layer.schedule.multiplyingThreads(),
         [&](Value item) {
           Value row = layer.problem.channelsLast() ? b.div(item, columns) : b.rem(item, rows());
           Value column = layer.problem.channelsLast() ? b.rem(item, columns) : b.div(item, rows());
           column = b.mul(column, vectorLength());
           Value inBlock =
               b.add(b.mul(b.div(row, warpRows()), layer.schedule.warpM()), b.rem(row, warpRows()));
           inBlock = b.add(inBlock, pass * warpRows());
           Value base = b.load(b.getI32Type(), b.at(table, b.getI32Type(), inBlock), 4);
           Value channel = b.add(b.mul(block.channelBlock, layer.schedule.blockN), column);
           Value exists = b.notNegative(base);
           if (layer.outputChannels() % layer.schedule.blockN != 0)
             exists = b.both(exists, b.below(channel, layer.outputChannels()));
           b.ifThen(exists, [&] { storeItem(b, row, column, base); });
         });
}

/// Stores the sums of a pixel from a column on.
void SumStore::storeItem(KernelBuilder &b, Value row, Value column, Value base) const {
  const int64_t length = vectorLength();
  Value index = b.add(b.mul(row, layer.memory.sumRowElements), column);
  Type type = VectorType::get({length}, layer.sum);
  const int64_t alignment = std::min<int64_t>(length * layer.sumBytes(), 16);
  Value vector = b.load(type, b.at(shared, layer.sum, index), alignment);
  SmallVector<Value> sums;
  for (int64_t number = 0; number < length; ++number)
    sums.push_back(b.extract(vector, number));
  Value channel = b.add(b.mul(block.channelBlock, layer.schedule.blockN), column);
  channel = b.add(channel, b.mul(block.group, layer.outputChannels()));
  Value position = b.add(base, b.mul(channel, layer.y.channel));
  Value address = target.output;
  if (target.isPart) {
    // Parts of a large y may be further apart than 32 bits reach.
    Value part = arith::ExtUIOp::create(b, b.getI64Type(), block.part);
    Value elements = arith::ConstantOp::create(b, b.getI64IntegerAttr(layer.outputElements()));
    address = b.at(address, layer.sum, arith::MulIOp::create(b, part, elements));
  }
  address = b.at(address, targetType(), position);
  b.store(finish(b, sums, channel, position), address, length * targetBytes());
}

/// What is stored for the sums of neighbouring channels, as a vector.
Value SumStore::finish(KernelBuilder &b, ArrayRef<Value> sums, Value channel,
                       Value position) const {
  SmallVector<Value> results(sums);
  if (!target.isPart)
    results = emitScalarEpilogue(b, layer.op, sums, target.others, channel, position);
  Value vector = b.poison(VectorType::get({static_cast<int64_t>(sums.size())}, targetType()));
  for (auto [lane, result] : llvm::enumerate(results))
    vector = b.insert(result, vector, static_cast<int64_t>(lane));
  return vector;
}
