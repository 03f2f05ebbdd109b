//===- WinogradKernel.cpp - Kernels of transformed layers -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A task transforms the windows of a chunk of tiles, which then stay in the second cache. For
// each lane block and phase it multiplies them by the transformed filter, product by product,
// with the register tiles of the family OutputChannels, and transforms the sums back.
//
// Test: test/Transforms/Cpu/lower-winograd.mlir
//
//===----------------------------------------------------------------------===//

#include "WinogradKernel.h"

#include "../RegisterTile.h"
#include "InputTransform.h"
#include "OutputTransform.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Columns of the table of phases before the offsets.
constexpr int64_t phaseColumns = 4;

class WinogradKernel {
public:
  WinogradKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer)
      : b(b), layer(layer), winograd(layer), table(b, symbols, layer.packing), products(layer) {
    // A product of matrices is a layer of one tap whose pixels are tiles.
    products.schedule.family = ::tconv::KernelFamily::OutputChannels;
    // The next row of the filter is fetched ahead.
    products.schedule.reductionBlock = layer.schedule.prefetch ? winograd.inputChannels() : 0;
    products.bias = nullptr;
  }

  void emit();

private:
  void emitTask(const LaneTask &task);
  void clearRest(const TileChunk &chunk);
  void forEachClass(Value number, llvm::function_ref<void(const ::tconv::WinogradClass &)> emit);
  void emitClass(Value number, const LaneTask &task, const TileChunk &chunk);
  void emitPhase(const LaneBlock &block, const PhaseEntry &phase, const TileChunk &chunk);
  void emitProducts(const LaneBlock &block, const PhaseEntry &phase, const TileChunk &chunk);
  ::tconv::TilePlan planTile(const LaneBlock &block) const;

  Emitter &b;
  const KernelLayer &layer;
  WinogradLayer winograd;
  PhaseTable table;
  KernelLayer products;
};

void WinogradKernel::emit() {
  if (winograd.plan.tiles == 0) // no output has a tap
    return;
  forEachLaneTask(b, layer, winograd.numChunks(b), [&](const LaneTask &task) { emitTask(task); });
}

void WinogradKernel::emitTask(const LaneTask &task) {
  auto allocate = [&](int64_t elements, Type type) {
    return memref::AllocOp::create(b, MemRefType::get({elements}, type), ValueRange{},
                                   b.getI64IntegerAttr(64));
  };
  TileChunk chunk;
  chunk.first = b.mul(task.part, layer.schedule.blockPixels);
  chunk.count =
      b.minSigned(b.sub(winograd.numTiles(b), chunk.first), b.index(layer.schedule.blockPixels));
  chunk.group = task.group;
  chunk.locations = allocate(winograd.space.tiles * winograd.locationColumns(), b.getIndexType());
  chunk.inputs = allocate(winograd.space.inputs(), layer.sum);
  chunk.sums = allocate(winograd.space.sums(), layer.sum);
  winograd.emitLocations(b, chunk);
  clearRest(chunk);
  b.loop(b.index(0), b.index(winograd.plan.classes.size()), 1,
         [&](Value number) { emitClass(number, task, chunk); });
  memref::DeallocOp::create(b, chunk.sums);
  memref::DeallocOp::create(b, chunk.inputs);
  memref::DeallocOp::create(b, chunk.locations);
}

/// Zeros for the tiles that the last register tile has more than the chunk.
void WinogradKernel::clearRest(const TileChunk &chunk) {
  const int64_t lanes = layer.schedule.vectorLength;
  Value end = b.mul(b.ceilDiv(chunk.count, layer.schedule.pixels), layer.schedule.pixels);
  b.loop(chunk.count, end, 1, [&](Value number) {
    Value first = b.mul(number, winograd.space.inputTile);
    const int64_t elements = winograd.plan.mostProducts * winograd.space.inputProduct;
    b.loop(b.index(0), b.index(elements), lanes, [&](Value element) {
      b.store(b.zero(layer.sums()), chunk.inputs, b.add(first, element));
    });
  });
}

/// The code of each class for its transforms, and code that all have in common for products.
void WinogradKernel::forEachClass(Value number,
                                  llvm::function_ref<void(const ::tconv::WinogradClass &)> emit) {
  ArrayRef<::tconv::WinogradClass> classes = winograd.plan.classes;
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, classes.size() - 1));
  b.indexSwitch(number, cases, [&](size_t index) { emit(classes[index]); });
}

/// Classes use the same buffers one after the other: what was written last is in a near cache.
void WinogradKernel::emitClass(Value number, const LaneTask &task, const TileChunk &chunk) {
  forEachClass(number, [&](const ::tconv::WinogradClass &phases) {
    emitInputTransform(b, winograd, phases, chunk);
  });
  Value begin = table.firstPhase(b, number), end = table.firstPhase(b, b.add(number, 1));
  forEachLaneBlock(
      b, layer, task.group, task.blockBegin, task.blockEnd, [&](const LaneBlock &block) {
        b.loop(begin, end, 1, [&](Value phase) { emitPhase(block, table.load(b, phase), chunk); });
      });
}

void WinogradKernel::emitPhase(const LaneBlock &block, const PhaseEntry &phase,
                               const TileChunk &chunk) {
  emitProducts(block, phase, chunk);
  forEachClass(phase.classNumber, [&](const ::tconv::WinogradClass &phases) {
    emitOutputTransform(b, winograd, {phases, phase, block}, chunk);
  });
}

/// The register tile of a lane block.
::tconv::TilePlan WinogradKernel::planTile(const LaneBlock &block) const {
  ::tconv::TilePlan plan;
  plan.shapes.emplace_back();
  const int64_t pixels = layer.schedule.pixels;
  for (int64_t pixel = 0; pixel < pixels; ++pixel) {
    plan.shapes.back().x.push_back(pixel * winograd.space.inputTile);
    plan.shapes.back().y.push_back(pixel * winograd.space.sumTile);
  }
  plan.leastLogShares = llvm::Log2_64(winograd.space.tiles / pixels);
  return plan;
}

void WinogradKernel::emitProducts(const LaneBlock &block, const PhaseEntry &phase,
                                  const TileChunk &chunk) {
  const int64_t lanes = block.vectors * layer.schedule.vectorLength;
  const int64_t channels = winograd.inputChannels(), pixels = layer.schedule.pixels;
  const ::tconv::FilterPacking &packing = layer.packing;
  ::tconv::TilePlan plan = planTile(block);
  products.x = chunk.inputs;
  products.y = chunk.sums;
  Value filter =
      b.add(b.add(b.mul(chunk.group, packing.transformedGroupElements()), packing.directElements()),
            b.mul(block.lane, packing.transformedRows * channels));
  SegmentEntry segment{b.index(0), b.index(0), b.index(channels)};
  b.loop(b.index(0), phase.products, 1, [&](Value product) {
    Value row = b.mul(b.add(phase.firstRow, product), channels * lanes);
    LaneBlock panel{block.vectors, lanes, b.add(filter, row), b.index(0), nullptr};
    Value x = b.mul(product, winograd.space.inputProduct);
    Value y = b.mul(product, winograd.space.sumProduct);
    b.loop(b.index(0), chunk.count, pixels, [&](Value tile) {
      PlacedTile placed{b.add(x, b.mul(tile, winograd.space.inputTile)),
                        b.add(y, b.mul(tile, winograd.space.sumTile)),
                        {}};
      placed.entry.logShares = b.index(plan.leastLogShares);
      placed.entry.share = b.rem(b.div(tile, pixels), int64_t(1) << plan.leastLogShares);
      RegisterTile(products, PlanTables(), plan.shapes.front(), panel, plan, layer.schedule.unroll)
          .withSegments(segment)
          .withoutEpilogue()
          .emit(b, placed);
    });
  });
}

} // namespace

PhaseTable::PhaseTable(Emitter &b, SymbolTable &symbols, const ::tconv::FilterPacking &packing)
    : numDims(static_cast<int64_t>(packing.transforms.front().transforms.size())), numPhases(0) {
  SmallVector<int32_t> numbers, first{0};
  auto append = [&](int64_t number) { numbers.push_back(static_cast<int32_t>(number)); };
  for (auto [number, phases] : llvm::enumerate(packing.transforms)) {
    for (auto [index, phase] : llvm::enumerate(phases.phases)) {
      append(static_cast<int64_t>(number));
      append(phases.products());
      append(phases.firstRow + static_cast<int64_t>(index) * phases.products());
      append(packing.firstTaps[phase.number]);
      llvm::for_each(phase.offsets, append);
      ++numPhases;
    }
    first.push_back(static_cast<int32_t>(numPhases));
  }
  table = createTable(b, symbols, "tconv_phases", numbers);
  classes = createTable(b, symbols, "tconv_classes", first);
}

Value PhaseTable::firstPhase(Emitter &b, Value classNumber) const {
  return b.loadEntry(classes, classNumber, 1, 0);
}

PhaseEntry PhaseTable::load(Emitter &b, Value number) const {
  auto entry = [&](int64_t column) {
    return b.loadEntry(table, number, phaseColumns + numDims, column);
  };
  PhaseEntry phase{entry(0), entry(1), entry(2), entry(3), {}};
  for (int64_t dim = 0; dim < numDims; ++dim)
    phase.offsets.push_back(entry(phaseColumns + dim));
  return phase;
}

void mlir::tconv::emitWinogradKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer) {
  WinogradKernel kernel(b, symbols, layer);
  kernel.emit();
}
