//===- TiledKernel.cpp - The loops over the tiles of a plan ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TiledKernel.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

class TiledKernel {
public:
  TiledKernel(Emitter &b, const KernelLayer &layer, const ::tconv::TilePlan &plan,
              const PlanTables &tables)
      : b(b), layer(layer), plan(plan), tables(tables) {}

  void emit();

private:
  void emitTask(Value task);
  void emitLaneBlocks(Value group, Value begin, Value end, const BlockEntry &tiles);
  void emitLaneBlock(Value group, Value number, int64_t vectors, int64_t lanes,
                     const BlockEntry &tiles);
  void emitTile(const LaneBlock &block, Value group, const BlockEntry &tiles, Value number);

  int64_t unrollOf(const ::tconv::TileShape &shape) const;

  Emitter &b;
  const KernelLayer &layer;
  const ::tconv::TilePlan &plan;
  const PlanTables &tables;
};

/// Tasks that follow each other read the same part of the filter.
void TiledKernel::emit() {
  const int64_t laneGroups =
      llvm::divideCeil(layer.packing.numBlocks(), layer.schedule.blocksPerTask);
  const auto blocks = static_cast<int64_t>(plan.blocks.size());
  b.parallel(layer.packing.groups * laneGroups * blocks, [&](Value task) { emitTask(task); });
}

void TiledKernel::emitTask(Value task) {
  const auto blocks = static_cast<int64_t>(plan.blocks.size());
  const int64_t perTask = layer.schedule.blocksPerTask;
  const int64_t laneGroups = llvm::divideCeil(layer.packing.numBlocks(), perTask);
  BlockEntry tiles = tables.loadBlock(b, b.rem(task, blocks));
  Value laneGroup = b.rem(b.div(task, blocks), laneGroups);
  Value group = b.div(task, blocks * laneGroups);
  Value begin = b.mul(laneGroup, perTask);
  Value end = b.min(b.add(begin, perTask), b.index(layer.packing.numBlocks()));
  emitLaneBlocks(group, begin, end, tiles);
}

void TiledKernel::emitLaneBlocks(Value group, Value begin, Value end, const BlockEntry &tiles) {
  const ::tconv::FilterPacking &packing = layer.packing;
  Value full = b.index(packing.fullBlocks);
  if (packing.fullBlocks > 0)
    b.loop(begin, b.min(end, full), 1, [&](Value number) {
      emitLaneBlock(group, number, layer.schedule.vectors, packing.blockLanes, tiles);
    });
  if (packing.lastBlockLanes == 0)
    return;
  b.ifThen(b.less(full, end), [&] {
    emitLaneBlock(group, full, packing.lastBlockLanes / packing.vectorLength,
                  packing.lanes - packing.fullBlocks * packing.blockLanes, tiles);
  });
}

void TiledKernel::emitLaneBlock(Value group, Value number, int64_t vectors, int64_t lanes,
                                const BlockEntry &tiles) {
  const ::tconv::FilterPacking &packing = layer.packing;
  LaneBlock block{vectors, lanes, {}, b.mul(number, packing.blockLanes), {}};
  const int64_t blockElements = packing.blockLanes * packing.rows() * packing.channelsPerStep;
  block.filter = b.add(b.mul(group, packing.groupElements()), b.mul(number, blockElements));
  block.bias = b.add(b.mul(group, packing.paddedLanes()), block.lane);
  b.loop(tiles.tileBegin, tiles.tileEnd, 1,
         [&](Value number) { emitTile(block, group, tiles, number); });
}

/// Shapes that do little of the work get little code.
int64_t TiledKernel::unrollOf(const ::tconv::TileShape &shape) const {
  double work = 0, ofShape = 0;
  for (const ::tconv::Tile &tile : plan.tiles) {
    const ::tconv::TileShape &other = plan.shapes[tile.shape];
    double steps = 0;
    for (int64_t segment = tile.segmentBegin; segment < tile.segmentEnd; ++segment)
      steps += double(plan.segments[segment].length);
    work += steps * double(other.pixels());
    ofShape += &other == &shape ? steps * double(other.pixels()) : 0;
  }
  constexpr double littleWork = 0.15;
  const int64_t unroll = layer.schedule.unroll;
  return ofShape < littleWork * work ? std::min<int64_t>(unroll, 2) : unroll;
}

/// The code for the tile's shape.
void TiledKernel::emitTile(const LaneBlock &block, Value group, const BlockEntry &tiles,
                           Value number) {
  TileEntry entry = tables.loadTile(b, number);
  const int64_t xGroup = layer.xChannels() / layer.packing.groups;
  const int64_t yGroup = layer.geometry.outputChannels / layer.packing.groups;
  Value x = b.add(tiles.x, entry.x), y = b.add(b.add(tiles.y, entry.y), block.lane);
  if (layer.packing.groups > 1) {
    x = b.add(x, b.mul(group, xGroup));
    y = b.add(y, b.mul(group, yGroup));
  }
  PlacedTile tile{x, y, entry};
  auto emitShape = [&](const ::tconv::TileShape &shape) {
    RegisterTile(layer, tables, shape, block, plan, unrollOf(shape)).emit(b, tile);
  };
  if (plan.shapes.size() == 1)
    return emitShape(plan.shapes.front());
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, plan.shapes.size() - 1));
  auto choice = scf::IndexSwitchOp::create(b, TypeRange{}, entry.shape, cases, cases.size());
  for (auto [index, shape] : llvm::enumerate(plan.shapes)) {
    Region &region =
        index < cases.size() ? choice.getCaseRegions()[index] : choice.getDefaultRegion();
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&region.emplaceBlock());
    emitShape(shape);
    scf::YieldOp::create(b);
  }
}

} // namespace

void mlir::tconv::emitTiledKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
                                  const ::tconv::TilePlan &plan) {
  if (plan.blocks.empty())
    return;
  PlanTables tables(b, symbols, plan);
  TiledKernel(b, layer, plan, tables).emit();
}
