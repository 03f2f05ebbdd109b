//===- WidthKernel.cpp - Kernels over neighbouring positions --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task is a block of neighbouring rows of y of one group. It copies the rows of x that they read,
// all input channels, to a buffer, with zeros at both ends: so that no tap needs a check, and rows
// that several rows of y read are near. Then each row of y is computed, some channels at a time,
// from tiles of neighbouring positions.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir, test/Execution/kernels.py
//
//===----------------------------------------------------------------------===//

#include "WidthKernel.h"

#include "WidthTile.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// How many input channels ahead x is fetched: their rows often fall into one set of the first
/// cache, which has room for 8 to 12.
constexpr int64_t prefetchDistance = 8;

class WidthKernel {
public:
  WidthKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
              const ::tconv::RowPlan &rows)
      : b(b), layer(layer), rows(rows), tables(b, symbols, rows),
        width(::tconv::WidthPlan::create(layer.geometry.dims.back(), layer.schedule)) {}

  void emit();

private:
  void emitTask(Value image, Value group, const RowBlockEntry &block);
  Value load(Value position, int64_t lanes);
  void emitClear(Value buffer, Value row, int64_t begin, int64_t end);
  void emitCopy(Value buffer, Value row, Value x);
  void forEachPosition(int64_t begin, int64_t end, int64_t step,
                       llvm::function_ref<void(Value)> body);
  void emitRow(PlacedRow row);
  void emitChannels(const PlacedRow &row, int64_t channels, Value channel);

  Emitter &b;
  const KernelLayer &layer;
  const ::tconv::RowPlan &rows;
  PlanTables tables;
  ::tconv::WidthPlan width;
};

void WidthKernel::emit() {
  const auto blocks = static_cast<int64_t>(rows.blocks.size());
  const int64_t groups = layer.packing.groups;
  b.parallel(b.mul(layer.batch, groups * blocks), [&](Value task) {
    Value group = b.rem(b.div(task, blocks), groups);
    emitTask(b.div(task, blocks * groups), group, tables.loadRowBlock(b, b.rem(task, blocks)));
  });
}

void WidthKernel::emitTask(Value image, Value group, const RowBlockEntry &block) {
  const ::tconv::FilterPacking &packing = layer.packing;
  auto firstChannel = [&](int64_t channels) {
    return b.add(b.mul(image, channels * packing.groups), b.mul(group, channels));
  };
  const int64_t elements =
      std::max<int64_t>(rows.mostInputs, 1) * packing.stepsPerTap * width.rowElements;
  Value buffer = memref::AllocOp::create(b, MemRefType::get({elements + width.front}, layer.sum),
                                         ValueRange{}, b.getI64IntegerAttr(64));
  Value x = firstChannel(packing.inputChannels);
  // Channels innermost: the buffer is filled from its beginning to its end. Rows of a channel, one
  // behind the other, would lie so far apart there that all are in one set of a cache.
  b.loop(block.inputBegin, block.inputEnd, 1, [&](Value input) {
    Value first = b.mul(b.sub(input, block.inputBegin), packing.stepsPerTap);
    Value offset = tables.loadInput(b, input);
    b.loop(b.index(0), b.index(packing.stepsPerTap), 1, [&](Value channel) {
      emitCopy(buffer, b.mul(b.add(first, channel), width.rowElements),
               b.add(b.mul(b.add(x, channel), layer.xPlane), offset));
    });
  });
  Value end = b.mul(b.sub(block.inputEnd, block.inputBegin), packing.stepsPerTap);
  emitClear(buffer, b.mul(end, width.rowElements), 0, width.front);
  Value y = b.mul(firstChannel(packing.outputChannels), layer.yPlane);
  b.loop(block.rowBegin, block.rowEnd, 1, [&](Value number) {
    RowEntry entry = tables.loadRow(b, number);
    emitRow({buffer, b.mul(group, packing.groupElements()), b.mul(group, packing.paddedLanes()),
             b.add(y, entry.y), entry.segmentBegin, entry.segmentEnd});
  });
  memref::DeallocOp::create(b, buffer);
}

/// Straight-line code for a few positions, a loop for more: rows may be long.
void WidthKernel::forEachPosition(int64_t begin, int64_t end, int64_t step,
                                  llvm::function_ref<void(Value)> body) {
  constexpr int64_t few = 16;
  if (end - begin > few * step)
    return b.loop(b.index(begin), b.index(end), step, body);
  for (int64_t position = begin; position < end; position += step)
    body(b.index(position));
}

/// Some neighbouring elements of x, in the type of the sums.
Value WidthKernel::load(Value position, int64_t lanes) {
  auto type = VectorType::get(lanes, layer.inputType.getElementType());
  return b.widen(b.load(type, layer.x, position), layer.sum);
}

/// Zeros from `begin` to `end` of a row of the buffer, in whole vectors.
void WidthKernel::emitClear(Value buffer, Value row, int64_t begin, int64_t end) {
  Value zero = b.zero(layer.sums());
  forEachPosition(begin, end, layer.schedule.vectorLength,
                  [&](Value position) { b.store(zero, buffer, b.add(row, position)); });
}

/// One row of one channel of x, with zeros at both ends.
void WidthKernel::emitCopy(Value buffer, Value row, Value x) {
  const int64_t lanes = layer.schedule.vectorLength, size = layer.geometry.dims.back().input;
  emitClear(buffer, row, 0, width.front);
  // From the last whole vector in front of the end of x on; the rest of x overwrites it.
  emitClear(buffer, row, (width.front + size) / lanes * lanes, width.rowElements);
  // Rows of a plane lie far apart, and often all in one set of a cache: nothing foresees
  // the next channel's.
  const int64_t line = Emitter::elementsOfLine(layer.inputType.getElementType());
  Value later = b.add(x, b.mul(layer.xPlane, prefetchDistance));
  forEachPosition(0, size, line,
                  [&](Value position) { b.prefetch(layer.x, b.add(later, position)); });
  Value to = b.add(row, width.front);
  b.loop(b.index(0), b.index(size / lanes * lanes), lanes, [&](Value position) {
    b.store(load(b.add(x, position), lanes), buffer, b.add(to, position));
  });
  // The rest in halves, quarters and so on of a vector.
  int64_t rest = size / lanes * lanes;
  for (int64_t part = lanes / 2; part > 0; part /= 2)
    if (size - rest >= part) {
      b.store(load(b.add(x, rest), part), buffer, b.add(to, rest));
      rest += part;
    }
}

void WidthKernel::emitRow(PlacedRow row) {
  const int64_t channels = layer.packing.outputChannels, perTile = layer.schedule.pixels;
  const int64_t full = channels / perTile * perTile;
  if (full > 0)
    b.loop(b.index(0), b.index(full), perTile,
           [&](Value channel) { emitChannels(row, perTile, channel); });
  if (full < channels)
    emitChannels(row, channels - full, b.index(full));
}

/// A loop over the tiles whose outputs all exist, and the last one.
void WidthKernel::emitChannels(const PlacedRow &row, int64_t channels, Value channel) {
  const ::tconv::DimGeometry &dim = layer.geometry.dims.back();
  const int64_t lanes = layer.schedule.vectorLength, s = dim.attributes.stride;
  const int64_t size = lanes * layer.schedule.vectors;
  const int64_t full = dim.output / (size * s) * size;
  if (full > 0)
    b.loop(b.index(0), b.index(full), size, [&](Value position) {
      WidthTile(layer, tables, width, channels, layer.schedule.vectors)
          .emit(b, row, channel, position, size * s);
    });
  if (full < width.positions)
    WidthTile(layer, tables, width, channels, llvm::divideCeil(width.positions - full, lanes))
        .emit(b, row, channel, b.index(full), dim.output - full * s);
}

} // namespace

void mlir::tconv::emitWidthKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
                                  const ::tconv::RowPlan &rows) {
  WidthKernel(b, symbols, layer, rows).emit();
}
