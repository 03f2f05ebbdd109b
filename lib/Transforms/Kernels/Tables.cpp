//===- Tables.cpp - The tiles of a layer as constants of the module -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Tables.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace mlir::tconv;

static constexpr int64_t blockColumns = 4, tileColumns = 9, segmentColumns = 3;

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

PlanTables::PlanTables(Emitter &b, SymbolTable &symbols, const ::tconv::TilePlan &plan) {
  SmallVector<int32_t> numbers;
  auto append = [&](std::initializer_list<int64_t> row) {
    for (int64_t number : row)
      numbers.push_back(static_cast<int32_t>(number));
  };
  auto take = [&](StringRef name) {
    Value table = createTable(b, symbols, name, numbers);
    numbers.clear();
    return table;
  };
  for (const ::tconv::Block &block : plan.blocks)
    append({block.tileBegin, block.tileEnd, block.x, block.y});
  blocks = take("tconv_blocks");
  for (const ::tconv::Tile &tile : plan.tiles)
    append({tile.shape, tile.x, tile.y, tile.segmentBegin, tile.segmentEnd, tile.laneBegin,
            tile.laneEnd, tile.continues, tile.unfinished});
  tiles = take("tconv_tiles");
  for (const ::tconv::Segment &segment : plan.segments)
    append({segment.x, segment.step, segment.length});
  segments = take("tconv_segments");
}

BlockEntry PlanTables::loadBlock(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return b.loadEntry(blocks, number, blockColumns, column); };
  return {entry(0), entry(1), entry(2), entry(3)};
}

TileEntry PlanTables::loadTile(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) { return b.loadEntry(tiles, number, tileColumns, column); };
  return {entry(0), entry(1), entry(2), entry(3), entry(4), entry(5), entry(6), entry(7), entry(8)};
}

SegmentEntry PlanTables::loadSegment(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) {
    return b.loadEntry(segments, number, segmentColumns, column);
  };
  return {entry(0), entry(1), entry(2)};
}
