//===- TiledKernel.cpp - The loops over the tiles of a plan ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task is a block of tiles and some lane blocks of a group. Lane block by lane block, it walks
// over the tiles of its block in the table; a tile's entry says where it lies, which segments it
// sums, and which shape it has: the code is a switch over the shapes, each with a register tile of
// its own, once for whole lane blocks and once for the last one, which has fewer vectors.
//
// A depthwise tile does little for each lane block, so it is the other way around: tile by tile,
// what the tables say is loaded once for all lane blocks, and usual numbers of taps are
// straight-line code.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir, test/Execution/kernels.py
//
//===----------------------------------------------------------------------===//

#include "TiledKernel.h"

#include "FindPlan.h"
#include "tconv/Schedule/RuntimePlan.h"

#include <map>
#include <numeric>

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The steps of all pixels of all tiles, shape by shape.
std::vector<double> countWork(const ::tconv::TilePlan &plan) {
  std::vector<double> stepsBefore{0}, work(plan.shapes.size(), 0);
  for (const ::tconv::Segment &segment : plan.segments)
    stepsBefore.push_back(stepsBefore.back() + double(segment.length));
  for (const ::tconv::Tile &tile : plan.tiles)
    work[tile.shape] += (stepsBefore[tile.segmentEnd] - stepsBefore[tile.segmentBegin]) *
                        double(plan.shapes[tile.shape].pixels());
  return work;
}

/// Shapes that do little of the work get little code.
std::vector<bool> findMainShapes(const ::tconv::TilePlan &plan) {
  constexpr double littleWork = 0.15;
  const std::vector<double> work = countWork(plan);
  const double all = std::accumulate(work.begin(), work.end(), 0.0);
  std::vector<bool> isMain;
  for (double ofShape : work)
    isMain.push_back(ofShape >= littleWork * all);
  return isMain;
}

/// A shape of tiles that there is code for.
struct CodeShape {
  ::tconv::TileShape shape;
  /// Whether its tiles do much of the work.
  bool isMain;
  /// Numbers of taps of a depthwise layer that have straight-line code.
  SmallVector<int64_t> usualTaps;
};

/// Numbers of taps for which the tiles of a kind do much of the work of a depthwise plan.
SmallVector<int64_t> findUsualTaps(const ::tconv::TilePlan &plan,
                                   llvm::function_ref<bool(const ::tconv::Tile &)> isOfKind) {
  constexpr double muchWork = 0.1;
  constexpr int64_t mostTaps = 16;
  std::map<int64_t, double> workWith;
  double all = 0;
  for (const ::tconv::Tile &tile : plan.tiles) {
    const int64_t taps = tile.segmentEnd - tile.segmentBegin;
    const double work = double(taps * plan.shapes[tile.shape].pixels());
    all += work;
    if (isOfKind(tile) && taps <= mostTaps)
      workWith[taps] += work;
  }
  SmallVector<int64_t> usual;
  for (auto [taps, work] : workWith)
    if (work > muchWork * all)
      usual.push_back(taps);
  return usual;
}

/// The shapes of a plan that is known.
std::vector<CodeShape> listShapes(const ::tconv::TilePlan &plan) {
  std::vector<CodeShape> shapes;
  const std::vector<bool> isMain = findMainShapes(plan);
  for (size_t number = 0; number < plan.shapes.size(); ++number)
    shapes.push_back(
        {plan.shapes[number], isMain[number], findUsualTaps(plan, [&](const ::tconv::Tile &tile) {
           return tile.shape == static_cast<int64_t>(number);
         })});
  return shapes;
}

class TiledKernel {
public:
  TiledKernel(Emitter &b, const KernelLayer &layer, const ::tconv::TilePlan &plan,
              const PlanTables &tables)
      : b(b), layer(layer), plan(plan), tables(tables) {
    if (!layer.hasRuntimePlan()) {
      shapes = listShapes(plan);
      return;
    }
    for (int64_t pixels : ::tconv::tileSizes(layer.schedule)) {
      const std::vector<int64_t> offsets(pixels);
      shapes.push_back({{offsets, offsets}, 2 * pixels > layer.schedule.pixels, {}});
    }
    shapes.front().usualTaps = findUsualTaps(plan, [](const ::tconv::Tile &) { return true; });
  }

  void emit();

private:
  BlockEntry locateBlock(Value part);
  void emitTask(const LaneTask &task);
  void emitTile(const LaneBlock &block, Value group, const BlockEntry &tiles, Value number);
  void emitDepthwiseTile(const BlockEntry &tiles, Value number, Value begin, Value end);
  /// The code of the tile's shape; `offsets` of its pixels, if only the tables have them.
  struct Offsets {
    SmallVector<Value> x, y;
  };
  void emitShapes(const TileEntry &entry,
                  llvm::function_ref<void(const CodeShape &, const Offsets &)> emit);

  int64_t unrollOf(const CodeShape &code) const;

  Emitter &b;
  const KernelLayer &layer;
  const ::tconv::TilePlan &plan;
  const PlanTables &tables;
  std::vector<CodeShape> shapes;
};

void TiledKernel::emit() {
  Value parts = layer.hasRuntimePlan() ? tables.numBlocks(b)
                                       : b.index(static_cast<int64_t>(plan.blocks.size()));
  if (layer.hasDynamicBatch())
    parts = b.mul(parts, layer.batch);
  forEachLaneTask(b, layer, parts, [&](const LaneTask &task) { emitTask(task); });
}

/// The blocks of a plan are those of all images, or of one if their number is dynamic.
BlockEntry TiledKernel::locateBlock(Value part) {
  if (!layer.hasDynamicBatch())
    return tables.loadBlock(b, part);
  const auto blocks = static_cast<int64_t>(plan.blocks.size());
  BlockEntry tiles = tables.loadBlock(b, b.rem(part, blocks));
  Value image = b.div(part, blocks);
  tiles.x = b.add(tiles.x, b.mul(image, b.mul(layer.xPlane, layer.xChannels())));
  tiles.y = b.add(tiles.y, b.mul(image, b.mul(layer.yPlane, layer.geometry.outputChannels)));
  return tiles;
}

void TiledKernel::emitTask(const LaneTask &task) {
  BlockEntry tiles = locateBlock(task.part);
  if (layer.schedule.family == ::tconv::KernelFamily::Depthwise)
    return b.loop(tiles.tileBegin, tiles.tileEnd, 1, [&](Value number) {
      emitDepthwiseTile(tiles, number, task.blockBegin, task.blockEnd);
    });
  forEachLaneBlock(b, layer, task.group, task.blockBegin, task.blockEnd,
                   [&](const LaneBlock &block) {
                     b.loop(tiles.tileBegin, tiles.tileEnd, 1,
                            [&](Value number) { emitTile(block, task.group, tiles, number); });
                   });
}

int64_t TiledKernel::unrollOf(const CodeShape &code) const {
  const int64_t unroll = layer.schedule.unroll;
  return code.isMain ? unroll : std::min<int64_t>(unroll, 2);
}

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
  emitShapes(entry, [&](const CodeShape &code, const Offsets &offsets) {
    RegisterTile(layer, tables, code.shape, block, plan, unrollOf(code))
        .withOffsets(offsets.x, offsets.y)
        .emit(b, tile);
  });
}

/// A tile of few multiplications: what is read from tables serves all of its lanes, and taps
/// are straight-line code where their number is a usual one.
void TiledKernel::emitDepthwiseTile(const BlockEntry &tiles, Value number, Value begin, Value end) {
  TileEntry entry = tables.loadTile(b, number);
  Value x = b.add(tiles.x, entry.x), y = b.add(tiles.y, entry.y);
  emitShapes(entry, [&](const CodeShape &code, const Offsets &offsets) {
    auto emitLanes = [&](ArrayRef<SegmentEntry> segments) {
      forEachLaneBlock(b, layer, b.index(0), begin, end, [&](const LaneBlock &block) {
        PlacedTile tile{x, b.add(y, block.lane), entry};
        RegisterTile(layer, tables, code.shape, block, plan, 1)
            .withSegments(segments)
            .withOffsets(offsets.x, offsets.y)
            .emit(b, tile);
      });
    };
    ArrayRef<int64_t> cases = code.usualTaps;
    b.indexSwitch(b.sub(entry.segmentEnd, entry.segmentBegin), cases, [&](size_t index) {
      SmallVector<SegmentEntry> segments;
      for (int64_t tap = 0; index < cases.size() && tap < cases[index]; ++tap)
        segments.push_back(tables.loadSegment(b, b.add(entry.segmentBegin, tap)));
      emitLanes(segments);
    });
  });
}

void TiledKernel::emitShapes(const TileEntry &entry,
                             llvm::function_ref<void(const CodeShape &, const Offsets &)> emit) {
  const bool isKnown = !layer.hasRuntimePlan();
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, shapes.size() - 1));
  b.indexSwitch(isKnown ? entry.shape : tables.loadCode(b, entry.shape), cases, [&](size_t index) {
    const int64_t pixels = shapes[index].shape.pixels();
    if (isKnown)
      return emit(shapes[index], {});
    emit(shapes[index], {tables.loadOffsetsInX(b, entry.shape, pixels),
                         tables.loadOffsetsInY(b, entry.shape, pixels)});
  });
}

} // namespace

void mlir::tconv::emitTiledKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
                                  const ::tconv::TilePlan &plan) {
  if (plan.blocks.empty())
    return;
  if (!layer.hasRuntimePlan()) {
    const PlanTables tables(b, symbols, plan);
    return TiledKernel(b, layer, plan, tables).emit();
  }
  emitWithPlan(b, layer, [&](Value buffer) {
    const PlanTables tables(b, buffer, layer.schedule);
    TiledKernel(b, layer, plan, tables).emit();
  });
}
