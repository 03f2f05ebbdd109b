//===- DirectContraction.cpp - Contractions straight from memory ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For contractions of few rows or few columns, depthwise convolutions among them. A thread
// computes all of the few, of one column or row, so that nothing is ragged.
//
//===----------------------------------------------------------------------===//

#include "ContractionKernels.h"
#include "Launch.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tconv;

/// Rows or columns that a thread keeps sums of.
constexpr int64_t mostInRegisters = 4;

namespace {

/// The body of the kernel.
class DirectTile {
public:
  DirectTile(Emitter &emitter, const ContractionValues &values, ArrayRef<Value> rows,
             ArrayRef<Value> columns, ValueRange batchIndices)
      : emitter(emitter), values(values), rows(rows), columns(columns), batchIndices(batchIndices) {
  }

  void run();

private:
  /// What a loop over the reduction carries along: positions in the inputs.
  struct Positions {
    SmallVector<Value> left, right;
  };

  Value start(const OperandValues &operand) {
    return operand.advance(emitter, operand.start, values.contraction.batch, batchIndices);
  }
  Value advance(const OperandValues &operand, Value position, LoopKind kind, Value iteration) {
    return operand.advance(emitter, position, values.contraction.loops(kind),
                           values.delinearize(emitter, kind, iteration));
  }
  SmallVector<Value> resultPositions();
  SmallVector<Value> emitLoops(ArrayRef<unsigned> loops, const Positions &at, ValueRange sums);
  SmallVector<Value> emitProducts(const Positions &at, ValueRange sums);

  Emitter &emitter;
  const ContractionValues &values;
  ArrayRef<Value> rows, columns;
  SmallVector<Value> batchIndices;
};

SmallVector<Value> DirectTile::resultPositions() {
  SmallVector<Value> positions;
  for (Value row : rows) {
    Value position = advance(values.result, start(values.result), LoopKind::Row, row);
    for (Value column : columns)
      positions.push_back(advance(values.result, position, LoopKind::Column, column));
  }
  return positions;
}

SmallVector<Value> DirectTile::emitProducts(const Positions &at, ValueRange sums) {
  Type type = values.contraction.resultType();
  auto load = [&](const OperandValues &operand) {
    return
        [&](Value position) { return emitter.widen(emitter.load(operand.memory, position), type); };
  };
  SmallVector<Value> left = llvm::map_to_vector(at.left, load(values.left));
  SmallVector<Value> right = llvm::map_to_vector(at.right, load(values.right));
  SmallVector<Value> next;
  for (Value a : left)
    for (Value b : right)
      next.push_back(emitMultiplyAdd(emitter, a, b, sums[next.size()]));
  return next;
}

SmallVector<Value> DirectTile::emitLoops(ArrayRef<unsigned> loops, const Positions &at,
                                         ValueRange sums) {
  if (loops.empty())
    return emitProducts(at, sums);
  Value size = values.sizes[loops.front()];
  if (isConstantIntValue(size, 1))
    return emitLoops(loops.drop_front(), at, sums);
  return emitter.loop(emitter.index(0), size, 1, sums, [&](Value index, ValueRange carried) {
    auto move = [&](const OperandValues &operand) {
      return
          [&](Value position) { return operand.advance(emitter, position, loops.front(), index); };
    };
    Positions next{llvm::map_to_vector(at.left, move(values.left)),
                   llvm::map_to_vector(at.right, move(values.right))};
    return emitLoops(loops.drop_front(), next, carried);
  });
}

void DirectTile::run() {
  Positions begin;
  for (Value row : rows)
    begin.left.push_back(advance(values.left, start(values.left), LoopKind::Row, row));
  for (Value column : columns)
    begin.right.push_back(advance(values.right, start(values.right), LoopKind::Column, column));
  SmallVector<Value> positions = resultPositions(), sums;
  for (Value position : positions)
    sums.push_back(emitter.load(values.result.memory, position));
  sums = emitLoops(values.contraction.reduction, begin, sums);
  for (auto [position, sum] : llvm::zip_equal(positions, sums))
    emitter.store(sum, values.result.memory, position);
}

/// How many of a kind's iterations are left to different threads: one, if there are so few
/// that each thread does them all.
Value emitThreadsOf(Emitter &emitter, const ContractionValues &values, LoopKind kind) {
  std::optional<int64_t> known = values.contraction.count(kind);
  bool inRegisters = kind != LoopKind::Batch && known && *known <= mostInRegisters;
  return inRegisters ? emitter.index(1) : values.count(emitter, kind);
}

/// The iterations of a kind that the thread does.
SmallVector<Value> emitIterations(Emitter &emitter, const ContractionValues &values, LoopKind kind,
                                  Value ofThread) {
  std::optional<int64_t> known = values.contraction.count(kind);
  if (!known || *known > mostInRegisters)
    return {ofThread};
  return llvm::map_to_vector(llvm::seq(*known), [&](int64_t i) { return emitter.index(i); });
}

} // namespace

void mlir::tconv::emitDirectContraction(Emitter &emitter, const ContractionValues &values) {
  // Neighbouring threads write neighbours in memory.
  SmallVector<LoopKind> kinds = values.contraction.kindsFromInnermost();
  std::reverse(kinds.begin(), kinds.end());
  SmallVector<Value> sizes;
  Value items = emitter.index(1);
  for (LoopKind kind : kinds) {
    sizes.push_back(emitThreadsOf(emitter, values, kind));
    items = emitter.mul(items, sizes.back());
  }
  emitLaunchOverItems(emitter, "contraction", items, [&](Value item) {
    SmallVector<Value> places = delinearize(emitter, item, sizes);
    auto place = [&](LoopKind kind) { return places[llvm::find(kinds, kind) - kinds.begin()]; };
    SmallVector<Value> rows = emitIterations(emitter, values, LoopKind::Row, place(LoopKind::Row));
    SmallVector<Value> columns =
        emitIterations(emitter, values, LoopKind::Column, place(LoopKind::Column));
    SmallVector<Value> batch = values.delinearize(emitter, LoopKind::Batch, place(LoopKind::Batch));
    DirectTile(emitter, values, rows, columns, batch).run();
  });
}
