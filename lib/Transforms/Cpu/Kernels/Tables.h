//===- Tables.h - The tiles of a layer as tables ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_TABLES_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_TABLES_H

#include "../../Layers/Emitter.h"

#include "tconv/Schedule/RowPlan.h"

namespace mlir {
class SymbolTable;
} // namespace mlir

namespace mlir::tconv {

/// A table of 32-bit numbers, row by row, as a private constant of the module. The
/// builder stands where the buffer of the table is needed.
Value createTable(Emitter &b, SymbolTable &symbols, StringRef name, ArrayRef<int32_t> numbers);

/// The parts of a tile, as loaded from its table.
struct TileEntry {
  Value shape, x, y, segmentBegin, segmentEnd, laneBegin, laneEnd, continues, unfinished, share,
      logShares;
};
struct BlockEntry {
  Value tileBegin, tileEnd, x, y;
};
struct RowEntry {
  Value y, segmentBegin, segmentEnd;
};
struct RowBlockEntry {
  Value rowBegin, rowEnd, inputBegin, inputEnd;
};
struct SegmentEntry {
  Value x, step, length;
};

/// A plan's tables, and loads from them.
class PlanTables {
public:
  /// None: for tiles whose segments are known.
  PlanTables() = default;

  PlanTables(Emitter &b, SymbolTable &symbols, const ::tconv::TilePlan &plan);

  PlanTables(Emitter &b, SymbolTable &symbols, const ::tconv::RowPlan &plan);

  /// Those that the runtime makes, in a buffer (tconv/Schedule/RuntimePlan.h).
  PlanTables(Emitter &b, Value plan, const ::tconv::Schedule &schedule);

  /// \name Of a plan that the runtime makes.
  /// @{
  Value numBlocks(Emitter &b) const;
  /// Which code a shape has.
  Value loadCode(Emitter &b, Value shape) const;
  /// Where the first pixels of a shape lie in x, and in y.
  SmallVector<Value> loadOffsetsInX(Emitter &b, Value shape, int64_t pixels) const;
  SmallVector<Value> loadOffsetsInY(Emitter &b, Value shape, int64_t pixels) const;
  /// @}

  BlockEntry loadBlock(Emitter &b, Value number) const;
  TileEntry loadTile(Emitter &b, Value number) const;
  RowEntry loadRow(Emitter &b, Value number) const;
  RowBlockEntry loadRowBlock(Emitter &b, Value number) const;
  /// Where a row of x begins in the plane of a channel.
  Value loadInput(Emitter &b, Value number) const { return inputs.load(b, number, 1, 0); }
  SegmentEntry loadSegment(Emitter &b, Value number) const;

private:
  struct Table {
    Value buffer;
    Value first = nullptr; ///< where it begins in the buffer

    Value load(Emitter &b, Value row, int64_t columns, int64_t column) const;
  };

  Table blocks, tiles, rows, inputs, segments, shapes;
  int64_t shapeColumns = 0;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_TABLES_H
