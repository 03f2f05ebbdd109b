//===- PackFilter.cpp - Packing of a filter at run time -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A filter holds the taps of a pair of channels next to each other; packed, it holds the
// output channels of a tap next to each other. Squares of output channels and taps are
// transposed in registers; output channels that are left over, and padding, are written
// one by one.
//
//===----------------------------------------------------------------------===//

#include "PackFilter.h"

#include "FilterCorrections.h"
#include "MatrixCopy.h"
#include "Tables.h"
#include "Transpose.h"

#include "mlir/IR/SymbolTable.h"

#include <numeric>

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Elements that one iteration of a parallel loop packs, more or less.
constexpr int64_t elementsPerTask = 1 << 15;
/// Squares that are written out in the body of a loop: side by side of taps, and of output
/// channels. Each takes the code of as many as there are channels in a step.
constexpr int64_t mostTapSquares = 4, mostChannelSquares = 16;

class FilterPacker {
public:
  FilterPacker(Emitter &b, SymbolTable &symbols, PackFilterOp op)
      : b(b), packing(op.getPacking()), source(b.flatten(op.getFilter())), packed(op.getInit()),
        zeroPoint(static_cast<int64_t>(op.getFilterZeroPoint())),
        inputOffset(static_cast<int64_t>(op.getInputOffset())) {
    type = cast<MemRefType>(packed.getType()).getElementType();
    side = transposeSide(type);
    SmallVector<int32_t> order(packing.tapOrder.begin(), packing.tapOrder.end());
    taps = createTable(b, symbols, "tconv_taps", order);
    SmallVector<int32_t> positions(packing.kernelElements);
    for (auto [position, tap] : llvm::enumerate(order))
      // A schedule that does not fit the layer is refused later, with its kernel.
      for (int64_t phase = 0; phase < packing.fusedPhases && tap + phase < packing.kernelElements;
           ++phase)
        positions[tap + phase] = static_cast<int32_t>(position);
    tapPositions = createTable(b, symbols, "tconv_tap_positions", positions);
  }

  void emit();

private:
  /// Where a tap of some output channels goes: its first step, and how far steps are apart.
  struct Column {
    Value first;
    Value stride;
  };
  /// Output channels, and the taps from one on, of some squares.
  struct Squares {
    Value group;
    Value channel;
    Value tap;
    SmallVector<int64_t> offsets;
  };

  Value toFactor(Value element) { return b.widen(element, type, zeroPoint); }
  int64_t squareChannels() const;
  int64_t squaresOfChannels() const;

  void emitSquareChannels();
  void emitChannels(Value group, Value channel, const IndexRange &steps, int64_t parts);
  void emitSquares(const Squares &squares, const IndexRange &steps, int64_t parts);
  SmallVector<Value> loadSquares(const Squares &squares, Value channel, Value input, int64_t offset,
                                 int64_t parts);
  SmallVector<Value> loadRows(const Squares &squares, Value channel, Value input, int64_t offset);
  Column locateColumn(const Squares &squares, int64_t offset);

  void emitOtherLanes();
  void emitBlock(Value group, Value block, int64_t firstLane, int64_t lanes);
  Value emitElement(Value group, Value kernel, Value channel, Value lane);

  Emitter &b;
  ::tconv::FilterPacking packing;
  Value source, packed, taps, tapPositions;
  int64_t zeroPoint, inputOffset;
  Type type;
  int64_t side;
};

/// Output channels of a group that are packed in squares: all, or the first ones.
int64_t FilterPacker::squareChannels() const {
  const int64_t channels = packing.outputChannels, rest = channels % side;
  if (packing.blockLanes % side != 0 || (packing.fusedPhases > 1 && rest > 0))
    return 0;
  return channels - rest;
}

/// So many squares stand next to each other in a lane block, and are stored together.
int64_t FilterPacker::squaresOfChannels() const {
  const int64_t squares = std::gcd(squareChannels() / side, packing.blockLanes / side);
  int64_t together = std::min(squares, mostChannelSquares / packing.channelsPerStep);
  while (squares % together != 0)
    --together;
  return together;
}

//===----------------------------------------------------------------------===//
// Squares
//===----------------------------------------------------------------------===//

void FilterPacker::emitSquareChannels() {
  const int64_t channels = squareChannels(), perStep = packing.channelsPerStep;
  if (channels == 0)
    return;
  const int64_t perTask = squaresOfChannels() * side, parts = channels / perTask;
  auto emitTasks = [&](const Split &steps, auto emitTask) {
    Value pieces = steps.count(b);
    b.parallel(b.mul(pieces, packing.groups * parts), [&](Value task) {
      Value part = b.div(task, pieces);
      emitTask(b.div(part, parts), b.mul(b.rem(part, parts), perTask),
               steps.piece(b, b.rem(task, pieces)));
    });
  };
  const int64_t wholeSteps = packing.inputChannels / perStep;
  const int64_t stepElements = perTask * packing.kernelElements * perStep;
  if (wholeSteps > 0)
    emitTasks(Split::of(b, wholeSteps, std::max<int64_t>(elementsPerTask / stepElements, 1)),
              [&](Value group, Value channel, const IndexRange &steps) {
                emitChannels(group, channel, steps, perStep);
              });
  if (const int64_t rest = packing.inputChannels % perStep)
    emitTasks(Split::of(b, 1, 1), [&](Value group, Value channel, const IndexRange &) {
      emitChannels(group, channel, {b.index(wholeSteps), b.index(wholeSteps + 1), 1}, rest);
    });
}

/// Packs all taps of some output channels, for steps of so many channels that exist.
void FilterPacker::emitChannels(Value group, Value channel, const IndexRange &steps,
                                int64_t parts) {
  const int64_t numTaps = packing.kernelElements;
  if (numTaps > mostTapSquares / packing.channelsPerStep * side)
    return forEachOverlapping(b, {b.index(0), b.index(numTaps), numTaps}, side, [&](Value tap) {
      emitSquares({group, channel, tap, {0}}, steps, parts);
    });
  SmallVector<int64_t> offsets;
  for (int64_t offset = 0; offset < numTaps; offset += side)
    offsets.push_back(std::max<int64_t>(std::min(offset, numTaps - side), 0));
  emitSquares({group, channel, b.index(0), offsets}, steps, parts);
}

void FilterPacker::emitSquares(const Squares &squares, const IndexRange &steps, int64_t parts) {
  const int64_t width = std::min(side, packing.kernelElements), perStep = packing.channelsPerStep;
  SmallVector<Column> columns;
  for (int64_t offset : squares.offsets)
    for (int64_t tap = 0; tap < width; ++tap)
      columns.push_back(locateColumn(squares, offset + tap));
  auto emitTap = [&](Value step, Value lanes, Column column, int64_t lane) {
    Value position = b.add(b.add(column.first, b.mul(step, column.stride)), lane * perStep);
    b.store(fromShuffled(b, lanes, type), packed, position);
  };
  b.loop(steps.begin, steps.end, 1, [&](Value step) {
    for (auto [index, offset] : llvm::enumerate(squares.offsets)) {
      // All lanes of a tap are stored together: they share cache lines.
      SmallVector<SmallVector<Value>> lanes;
      for (int64_t square = 0; square < squaresOfChannels(); ++square)
        lanes.push_back(loadSquares(squares, b.add(squares.channel, square * side),
                                    b.mul(step, perStep), offset, parts));
      for (int64_t tap = 0; tap < width; ++tap)
        for (auto [square, squareTaps] : llvm::enumerate(lanes))
          emitTap(step, squareTaps[tap], columns[index * width + tap], square * side);
    }
  });
}

/// The squares of the channels of one step: by tap, the lanes, each with its channels.
SmallVector<Value> FilterPacker::loadSquares(const Squares &squares, Value channel, Value input,
                                             int64_t offset, int64_t parts) {
  SmallVector<SmallVector<Value>> rows; // by channel
  for (int64_t part = 0; part < parts; ++part)
    rows.push_back(loadRows(squares, channel, b.add(input, part), offset));
  SmallVector<Value> zeros(rows.front().size(), b.zero(rows.front().front().getType()));
  rows.resize(packing.channelsPerStep, zeros);
  return transposeChannels(b, rows);
}

/// The rows of a square of output channels by taps, or what holds all taps if they are fewer.
SmallVector<Value> FilterPacker::loadRows(const Squares &squares, Value channel, Value input,
                                          int64_t offset) {
  const int64_t numTaps = packing.kernelElements, stride = std::max(numTaps, side);
  Value row = b.add(b.mul(squares.group, packing.inputChannels), input);
  Value element = b.mul(b.add(b.mul(row, packing.outputChannels), channel), numTaps);
  Value first = b.add(b.add(element, squares.tap), offset);
  auto from = VectorType::get(side, cast<MemRefType>(source.getType()).getElementType());
  SmallVector<Value> vectors;
  for (int64_t index = 0; index < std::min(numTaps, side); ++index) {
    Value position = b.add(first, index * stride);
    vectors.push_back(toShuffled(b, toFactor(b.load(from, source, position))));
  }
  return vectors;
}

FilterPacker::Column FilterPacker::locateColumn(const Squares &squares, int64_t offset) {
  const int64_t perStep = packing.channelsPerStep;
  Value tap = b.add(squares.tap, offset);
  Value lane =
      b.add(b.mul(b.rem(tap, packing.fusedPhases), packing.outputChannels), squares.channel);
  Value block = b.div(lane, packing.blockLanes), blockLane = b.rem(lane, packing.blockLanes);
  Value isFull = b.less(block, b.index(packing.fullBlocks));
  Value stride = arith::SelectOp::create(b, isFull, b.index(packing.blockLanes * perStep),
                                         b.index(packing.lastBlockLanes * perStep));
  Value begin = packedBlockBegin(b, packing, squares.group, b.mul(block, packing.blockLanes));
  Value step = b.mul(b.loadEntry(tapPositions, tap, 1, 0), packing.stepsPerTap);
  return {b.add(b.add(begin, b.mul(blockLane, perStep)), b.mul(step, stride)), stride};
}

//===----------------------------------------------------------------------===//
// Other lanes
//===----------------------------------------------------------------------===//

/// Lanes that are left over, all in the last block if any are packed in squares.
void FilterPacker::emitOtherLanes() {
  const int64_t done = squareChannels() * packing.fusedPhases;
  if (done == 0 && packing.fullBlocks > 0)
    b.parallel(packing.groups * packing.fullBlocks, [&](Value task) {
      emitBlock(b.div(task, packing.fullBlocks), b.rem(task, packing.fullBlocks), 0,
                packing.blockLanes);
    });
  const int64_t first = std::max<int64_t>(done - packing.fullBlocks * packing.blockLanes, 0);
  if (first < packing.lastBlockLanes)
    b.parallel(packing.groups, [&](Value group) {
      emitBlock(group, b.index(packing.fullBlocks), first, packing.lastBlockLanes);
    });
}

/// Packs the lanes from one on of a block of so many lanes.
void FilterPacker::emitBlock(Value group, Value block, int64_t begin, int64_t lanes) {
  const int64_t perStep = packing.channelsPerStep, stepElements = lanes * perStep;
  Value firstLane = b.mul(block, packing.blockLanes);
  Value first = packedBlockBegin(b, packing, group, firstLane);
  b.loop(b.index(0), b.index(packing.tapOrder.size()), 1, [&](Value tap) {
    Value kernel = b.loadEntry(taps, tap, 1, 0);
    b.loop(b.index(0), b.index(packing.stepsPerTap), 1, [&](Value step) {
      Value position = b.add(b.mul(tap, packing.stepsPerTap), step);
      Value to = b.add(first, b.mul(position, stepElements));
      b.loop(b.index(begin), b.index(lanes), 1, [&](Value lane) {
        for (int64_t part = 0; part < perStep; ++part) {
          Value channel = b.add(b.mul(step, perStep), part);
          Value element = emitElement(group, kernel, channel, b.add(firstLane, lane));
          b.store(element, packed, b.add(b.add(to, b.mul(lane, perStep)), part));
        }
      });
    });
  });
}

/// An element of the filter, or zero for a lane or a channel that does not exist.
Value FilterPacker::emitElement(Value group, Value kernel, Value channel, Value lane) {
  Value exists = arith::AndIOp::create(b, b.less(channel, b.index(packing.inputChannels)),
                                       b.less(lane, b.index(packing.lanes)));
  auto branch = scf::IfOp::create(b, TypeRange{type}, exists, /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(branch.thenBlock());
  const bool isFused = packing.fusedPhases > 1;
  Value row = b.add(b.mul(group, packing.inputChannels), channel);
  Value output = isFused ? b.rem(lane, packing.outputChannels) : lane;
  Value phase = isFused ? b.div(lane, packing.outputChannels) : b.index(0);
  Value column = b.add(b.mul(row, packing.outputChannels), output);
  Value position = b.add(b.add(b.mul(column, packing.kernelElements), kernel), phase);
  scf::YieldOp::create(b, toFactor(b.load(source, position)));
  b.setInsertionPointToStart(branch.elseBlock());
  scf::YieldOp::create(b, b.zero(type));
  return branch.getResult(0);
}

void FilterPacker::emit() {
  emitSquareChannels();
  emitOtherLanes();
  if (packing.hasCorrections)
    emitCorrections(b, packing, packed, inputOffset);
}

} // namespace

void mlir::tconv::emitPackFilter(Emitter &b, SymbolTable &symbols, PackFilterOp op) {
  FilterPacker(b, symbols, op).emit();
}
