//===- Tables.cpp - The tiles of a layer as tables ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differs between tiles is in tables, and the loop over them is one piece of code for all:
// plans of tens of thousands of tiles compile as fast as small ones. A table is a constant of
// 32-bit numbers, one row an entry.
//
//===----------------------------------------------------------------------===//

#include "Tables.h"

#include "tconv/Schedule/RuntimePlan.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace mlir::tconv;

static constexpr int64_t blockColumns = ::tconv::PlanColumns::block,
                         tileColumns = ::tconv::PlanColumns::tile,
                         segmentColumns = ::tconv::PlanColumns::segment, rowColumns = 3;

Value mlir::tconv::createTable(Emitter &b, SymbolTable &symbols, StringRef name,
                               ArrayRef<int32_t> numbers) {
  const auto size = static_cast<int64_t>(numbers.size());
  auto type = MemRefType::get({size}, b.getI32Type());
  auto values = DenseElementsAttr::get(RankedTensorType::get({size}, b.getI32Type()), numbers);
  OpBuilder unattached(b.getContext());
  auto global = memref::GlobalOp::create(unattached, b.getLoc(), name, b.getStringAttr("private"),
                                         type, values, /*constant=*/true, IntegerAttr());
  symbols.insert(global);
  return memref::GetGlobalOp::create(b, type, global.getSymName());
}

namespace {

/// Collects the rows of one table after the other.
class TableWriter {
public:
  TableWriter(Emitter &b, SymbolTable &symbols) : b(b), symbols(symbols) {}

  void append(std::initializer_list<int64_t> row) {
    for (int64_t number : row)
      numbers.push_back(static_cast<int32_t>(number));
  }
  Value take(StringRef name) {
    Value table = createTable(b, symbols, name, numbers);
    numbers.clear();
    return table;
  }
  Value takeSegments(ArrayRef<::tconv::Segment> segments) {
    for (const ::tconv::Segment &segment : segments)
      append({segment.x, segment.step, segment.length});
    return take("tconv_segments");
  }

private:
  Emitter &b;
  SymbolTable &symbols;
  SmallVector<int32_t> numbers;
};

} // namespace

PlanTables::PlanTables(Emitter &b, SymbolTable &symbols, const ::tconv::TilePlan &plan) {
  TableWriter writer(b, symbols);
  for (const ::tconv::Block &block : plan.blocks)
    writer.append({block.tileBegin, block.tileEnd, block.x, block.y});
  blocks.buffer = writer.take("tconv_blocks");
  for (const ::tconv::Tile &tile : plan.tiles)
    writer.append({tile.shape, tile.x, tile.y, tile.segmentBegin, tile.segmentEnd, tile.laneBegin,
                   tile.laneEnd, tile.continues, tile.unfinished, tile.share, tile.logShares});
  tiles.buffer = writer.take("tconv_tiles");
  segments.buffer = writer.takeSegments(plan.segments);
}

PlanTables::PlanTables(Emitter &b, SymbolTable &symbols, const ::tconv::RowPlan &plan) {
  TableWriter writer(b, symbols);
  for (const ::tconv::Row &row : plan.rows)
    writer.append({row.y, row.segmentBegin, row.segmentEnd});
  rows.buffer = writer.take("tconv_rows");
  for (const ::tconv::RowBlock &block : plan.blocks)
    writer.append({block.rowBegin, block.rowEnd, block.inputBegin, block.inputEnd});
  blocks.buffer = writer.take("tconv_blocks");
  for (int64_t input : plan.inputs)
    writer.append({input});
  inputs.buffer = writer.take("tconv_inputs");
  segments.buffer = writer.takeSegments(plan.segments);
}

PlanTables::PlanTables(Emitter &b, Value plan, const ::tconv::Schedule &schedule)
    : shapeColumns(::tconv::PlanColumns::shape(schedule)) {
  Table header{plan};
  int64_t entry = 0;
  for (Table *table : {&blocks, &tiles, &segments, &shapes})
    *table = {plan, header.load(b, b.index(0), 0, ++entry)};
}

Value PlanTables::Table::load(Emitter &b, Value row, int64_t columns, int64_t column) const {
  if (!first)
    return b.loadEntry(buffer, row, columns, column);
  return b.loadEntry(buffer, b.add(first, b.mul(row, columns)), 1, column);
}

Value PlanTables::numBlocks(Emitter &b) const {
  return Table{blocks.buffer}.load(b, b.index(0), 0, 0);
}

Value PlanTables::loadCode(Emitter &b, Value shape) const {
  return shapes.load(b, shape, shapeColumns, 0);
}

SmallVector<Value> PlanTables::loadOffsetsInX(Emitter &b, Value shape, int64_t pixels) const {
  SmallVector<Value> offsets;
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    offsets.push_back(shapes.load(b, shape, shapeColumns, 1 + pixel));
  return offsets;
}

SmallVector<Value> PlanTables::loadOffsetsInY(Emitter &b, Value shape, int64_t pixels) const {
  SmallVector<Value> offsets;
  const int64_t first = 1 + (shapeColumns - 1) / 2;
  for (int64_t pixel = 0; pixel < pixels; ++pixel)
    offsets.push_back(shapes.load(b, shape, shapeColumns, first + pixel));
  return offsets;
}

BlockEntry PlanTables::loadBlock(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return blocks.load(b, number, blockColumns, column); };
  return {entry(0), entry(1), entry(2), entry(3)};
}

TileEntry PlanTables::loadTile(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return tiles.load(b, number, tileColumns, column); };
  return {entry(0), entry(1), entry(2), entry(3), entry(4), entry(5),
          entry(6), entry(7), entry(8), entry(9), entry(10)};
}

RowEntry PlanTables::loadRow(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return rows.load(b, number, rowColumns, column); };
  return {entry(0), entry(1), entry(2)};
}

RowBlockEntry PlanTables::loadRowBlock(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return blocks.load(b, number, blockColumns, column); };
  return {entry(0), entry(1), entry(2), entry(3)};
}

SegmentEntry PlanTables::loadSegment(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return segments.load(b, number, segmentColumns, column); };
  return {entry(0), entry(1), entry(2)};
}
