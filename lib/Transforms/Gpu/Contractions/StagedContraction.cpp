//===- StagedContraction.cpp - Contractions with shared memory ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block computes a tile of rows x columns, a thread a small one of those in registers:
//
//   for each `depth` steps of the reduction
//     copy these steps of the tile's rows and of its columns into shared memory
//     for each of these steps
//       registers[i][j] += left[step, i] * right[step, j]
//   result += registers
//
// So an element that is loaded from memory is used for a whole row or column of the tile.
//
//===----------------------------------------------------------------------===//

#include "ContractionKernels.h"
#include "Launch.h"
#include "StagedInput.h"

using namespace mlir;
using namespace mlir::tconv;

Value mlir::tconv::emitMultiplyAdd(Emitter &emitter, Value a, Value b, Value sum) {
  if (!isa<FloatType>(getElementTypeOrSelf(sum)))
    return arith::AddIOp::create(emitter, sum, arith::MulIOp::create(emitter, a, b));
  auto contract =
      arith::FastMathFlagsAttr::get(emitter.getContext(), arith::FastMathFlags::contract);
  Value product = arith::MulFOp::create(emitter, a, b, contract);
  return arith::AddFOp::create(emitter, sum, product, contract);
}

/// Steps of the reduction in one iteration of the innermost loop; all depths are multiples.
constexpr int64_t unrolledSteps = 4;

namespace {

/// The body of the kernel.
class StagedTile {
public:
  StagedTile(Emitter &emitter, TileSite site, Value rowBegin, Value columnBegin)
      : emitter(emitter), site(std::move(site)), rowBegin(rowBegin), columnBegin(columnBegin) {
    const int64_t acrossColumns = shape().columns / shape().threadColumns;
    row = emitter.mul(emitter.div(this->site.thread, acrossColumns), shape().threadRows);
    column = emitter.mul(emitter.rem(this->site.thread, acrossColumns), shape().threadColumns);
  }

  void run() {
    StagedInput left(emitter, site, values().left, LoopKind::Row, rowBegin);
    StagedInput right(emitter, site, values().right, LoopKind::Column, columnBegin);
    emitResult(emitReduction(left, right));
  }

private:
  /// An element of the result along one dimension of the tile.
  struct Element {
    Value position, valid;
  };

  const TileShape &shape() const { return site.shape; }
  const ContractionValues &values() const { return site.values; }
  SmallVector<Value> emitReduction(StagedInput &left, StagedInput &right);
  SmallVector<Value> emitSteps(StagedInput &left, StagedInput &right, ValueRange sums);
  Element emitElement(LoopKind kind, Value start, Value place, int64_t tile);
  void emitResult(ArrayRef<Value> sums);

  Emitter &emitter;
  TileSite site;
  Value rowBegin, columnBegin;
  /// The thread's first row and column in the tile.
  Value row, column;
};

/// The thread's sums, a vector for each of its rows.
SmallVector<Value> StagedTile::emitReduction(StagedInput &left, StagedInput &right) {
  auto type = VectorType::get(shape().threadColumns, values().contraction.resultType());
  SmallVector<Value> zeros(shape().threadRows, emitter.zero(type));
  Value count = values().count(emitter, LoopKind::Reduction);
  return emitter.loop(emitter.index(0), count, shape().depth, zeros,
                      [&](Value begin, ValueRange sums) {
                        // All loads come first, so that they wait for memory together.
                        SmallVector<Value> ofLeft = left.emitElements(emitter, begin);
                        SmallVector<Value> ofRight = right.emitElements(emitter, begin);
                        left.emitStores(emitter, ofLeft);
                        right.emitStores(emitter, ofRight);
                        gpu::BarrierOp::create(emitter);
                        SmallVector<Value> next = emitSteps(left, right, sums);
                        gpu::BarrierOp::create(emitter);
                        return next;
                      });
}

SmallVector<Value> StagedTile::emitSteps(StagedInput &left, StagedInput &right, ValueRange sums) {
  auto steps = [&](Value begin, ValueRange carried) {
    SmallVector<Value> next(carried);
    for (int64_t i = 0; i < unrolledSteps; ++i) {
      Value depth = emitter.add(begin, i);
      Value a = left.emitLoad(emitter, depth, row, shape().threadRows);
      Value b = right.emitLoad(emitter, depth, column, shape().threadColumns);
      for (auto [j, sum] : llvm::enumerate(next)) {
        Value factor = vector::ExtractOp::create(emitter, a, j);
        Value factors = vector::BroadcastOp::create(emitter, b.getType(), factor);
        sum = emitMultiplyAdd(emitter, factors, b, sum);
      }
    }
    return next;
  };
  return emitter.loop(emitter.index(0), emitter.index(shape().depth), unrolledSteps, sums, steps);
}

StagedTile::Element StagedTile::emitElement(LoopKind kind, Value start, Value place, int64_t tile) {
  Value inside = emitIsInside(emitter, place, values().count(emitter, kind), tile);
  Value position = values().result.advance(emitter, start, values().contraction.loops(kind),
                                           values().delinearize(emitter, kind, place));
  return {position, inside};
}

/// Adds the sums to what the result holds: the bias, or zero.
void StagedTile::emitResult(ArrayRef<Value> sums) {
  const OperandValues &result = values().result;
  Value start =
      result.advance(emitter, result.start, values().contraction.batch, site.batchIndices);
  SmallVector<Element> columns;
  for (int64_t j = 0; j < shape().threadColumns; ++j)
    columns.push_back(emitElement(LoopKind::Column, emitter.index(0),
                                  emitter.add(columnBegin, emitter.add(column, j)),
                                  shape().columns));
  for (auto [i, sum] : llvm::enumerate(sums)) {
    Element rowElement =
        emitElement(LoopKind::Row, start, emitter.add(rowBegin, emitter.add(row, i)), shape().rows);
    for (auto [j, element] : llvm::enumerate(columns)) {
      auto store = [&] {
        Value position = emitter.add(rowElement.position, element.position);
        Value before = emitter.load(result.memory, position);
        Value added = vector::ExtractOp::create(emitter, sum, j);
        Value total = isa<FloatType>(added.getType())
                          ? arith::AddFOp::create(emitter, before, added).getResult()
                          : arith::AddIOp::create(emitter, before, added).getResult();
        emitter.store(total, result.memory, position);
      };
      if (Value inside = emitAnd(emitter, rowElement.valid, element.valid))
        emitter.ifThen(inside, store);
      else
        store();
    }
  }
}

} // namespace

void mlir::tconv::emitStagedContraction(Emitter &emitter, const ContractionValues &values,
                                        TileShape shape) {
  Value batches = values.count(emitter, LoopKind::Batch);
  Value rows = emitter.ceilDiv(values.count(emitter, LoopKind::Row), shape.rows);
  Value columns = emitter.ceilDiv(values.count(emitter, LoopKind::Column), shape.columns);
  Value blocks = emitter.mul(emitter.mul(batches, columns), rows);
  emitLaunch(emitter, "contraction", blocks, shape.threads(), [&](LaunchIds ids) {
    // Neighbouring blocks, which run at the same time, share columns.
    SmallVector<Value> tile = delinearize(emitter, ids.block, {batches, columns, rows});
    TileSite site{values, shape, ids.op, ids.thread,
                  values.delinearize(emitter, LoopKind::Batch, tile[0])};
    StagedTile(emitter, site, emitter.mul(tile[2], shape.rows), emitter.mul(tile[1], shape.columns))
        .run();
  });
}
