//===- RegisterTile.cpp - The sums that stay in registers -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile of `pixels` times `vectors` sums is computed in one go:
//
//   sums = bias, zero, or what an earlier part left in y
//   for each segment of the tile:                     (a run of steps, see TilePlan.h)
//     for `unroll` steps at a time:
//       load `vectors` vectors of the filter
//       for each pixel: broadcast a number of x, multiply and add to its `vectors` sums
//   add up chains; add corrections of int8_quads; apply the epilogue; store
//
// Tiles of few sums take several chains, partial sums of their own for every second or
// fourth step, since one would wait for its previous addition. Sums that are a part of a longer one
// go to y as they are, and the next part goes on from there. Where fused phases are cut off
// at a border of y, lanes are stored one by one. Depthwise tiles have lanes of x in place
// of broadcasts, and one step a segment.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir, test/Execution/kernels.py
//
//===----------------------------------------------------------------------===//

#include "RegisterTile.h"

#include "Chains.h"
#include "Epilogue.h"
#include "InputPrefetch.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;

int64_t RegisterTile::numChains() const {
  return layer.schedule.family == ::tconv::KernelFamily::OutputChannels
             ? mlir::tconv::numChains(numSums(), unroll)
             : 1;
}

int64_t RegisterTile::stepElements() const {
  return block.vectors * layer.schedule.vectorLength * ::tconv::channelsPerStep(layer.schedule.dot);
}

/// Some elements behind a pixel in x, from the position of the first pixel.
Value RegisterTile::xOf(Emitter &b, Value x, int64_t pixel, int64_t behind) const {
  return xOffsets.empty() ? b.add(x, shape.x[pixel] + behind)
                          : b.add(b.add(x, xOffsets[pixel]), behind);
}

Value RegisterTile::yOf(Emitter &b, Value y, int64_t pixel, int64_t behind) const {
  return yOffsets.empty() ? b.add(y, shape.y[pixel] + behind)
                          : b.add(b.add(y, yOffsets[pixel]), behind);
}

/// The bias, or zero.
RegisterTile::Sums RegisterTile::startSums(Emitter &b) {
  Sums sums(numSums(), b.zero(layer.sums()));
  for (int64_t vector = 0; layer.bias && vector < block.vectors; ++vector) {
    Value position = b.add(block.bias, vector * layer.schedule.vectorLength);
    Value bias = b.load(layer.sums(), layer.bias, position);
    for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel)
      sums[pixel * block.vectors + vector] = bias;
  }
  return sums;
}

/// What an earlier part of the sum has left in y.
RegisterTile::Sums RegisterTile::loadSums(Emitter &b, Value y) {
  Sums sums;
  const int64_t lanes = layer.schedule.vectorLength;
  for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel)
    for (int64_t vector = 0; vector < block.vectors; ++vector)
      sums.push_back(loadLanes(b, layer.sums(), layer.y, yOf(b, y, pixel, vector * lanes),
                               std::min(lanes, block.lanes - vector * lanes)));
  return sums;
}

RegisterTile::Sums RegisterTile::initialSums(Emitter &b, const PlacedTile &tile) {
  Sums sums;
  if (plan.inParts) {
    Value continues = b.less(b.index(0), tile.entry.continues);
    SmallVector<Type> types(numSums(), layer.sums());
    auto branch = scf::IfOp::create(b, types, continues, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    scf::YieldOp::create(b, loadSums(b, tile.y));
    b.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(b, startSums(b));
    sums = Sums(branch.getResults());
  } else {
    sums = startSums(b);
  }
  sums.resize(numSums() * numChains(), b.zero(layer.sums()));
  return sums;
}

/// One step for every sum.
void RegisterTile::emitStep(Emitter &b, Value x, int64_t channel, Value filter,
                            MutableArrayRef<Value> sums) {
  SmallVector<Value> w;
  for (int64_t vector = 0; vector < block.vectors; ++vector)
    w.push_back(dot.loadFilter(b, b.add(filter, vector * stepElements() / block.vectors)));
  for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel) {
    Value input = dot.broadcastInput(b, xOf(b, x, pixel, channel));
    for (int64_t vector = 0; vector < block.vectors; ++vector) {
      Value &sum = sums[pixel * block.vectors + vector];
      sum = dot.multiplyAdd(b, input, w[vector], sum);
    }
  }
}

/// Where this tile's share of what the next reduction block reads begins, and how far
/// apart fetches of neighbouring steps are.
RegisterTile::Prefetch RegisterTile::locatePrefetch(Emitter &b, const SegmentEntry &segment,
                                                    const TileEntry &entry, Value filter) {
  auto shifted = [&](Value value) -> Value {
    return arith::ShRUIOp::create(b, value, entry.logShares);
  };
  Value first = b.mul(b.mul(entry.share, shifted(segment.length)), stepElements());
  return {b.add(b.add(filter, layer.schedule.reductionBlock * stepElements()), first),
          shifted(b.index(stepElements()))};
}

/// Fetches what belongs to the next steps, a little at a time: so that memory is busy all
/// the while.
void RegisterTile::prefetchFilter(Emitter &b, Value position, Value perStep) {
  const int64_t line = Emitter::elementsOfLine(layer.factorType());
  const int64_t elements = (unroll * stepElements()) >> plan.leastLogShares;
  const int64_t count = std::clamp<int64_t>(llvm::divideCeil(elements, line), 1, unroll);
  for (int64_t fetch = 0; fetch < count; ++fetch)
    b.prefetch(layer.filter, b.add(position, b.mul(perStep, fetch * unroll / count)));
}

/// Some steps for every sum. Behind the sums stand the positions of x and of the filter,
/// which move on: positions that are computed anew from the number of the step would cost
/// instructions, or time in LLVM to find out that they need not be.
RegisterTile::Sums RegisterTile::emitSteps(Emitter &b, int64_t count, ValueRange carried) {
  const int64_t channels = ::tconv::channelsPerStep(layer.schedule.dot);
  const int64_t sums = numSums() * numChains();
  Sums next(carried);
  for (int64_t step = 0; step < count; ++step)
    emitStep(b, carried[sums], step * channels, b.add(carried[sums + 1], step * stepElements()),
             MutableArrayRef<Value>(next).slice(step % numChains() * numSums(), numSums()));
  next[sums] = b.add(carried[sums], count * channels);
  next[sums + 1] = b.add(carried[sums + 1], count * stepElements());
  return next;
}

RegisterTile::Sums RegisterTile::accumulateSegment(Emitter &b, const SegmentEntry &segment,
                                                   const TileEntry &entry, Value x, Sums sums) {
  Value filter = b.add(block.filter, b.mul(segment.step, stepElements()));
  const size_t numCarried = sums.size();
  sums.append({x, filter});
  const bool evenly =
      layer.packing.stepsPerTap % unroll == 0 && layer.schedule.reductionBlock % unroll == 0;
  Value rest = evenly ? segment.length : b.sub(segment.length, b.rem(segment.length, unroll));
  if (layer.schedule.reductionBlock > 0 && layer.schedule.prefetch) {
    Prefetch prefetch = locatePrefetch(b, segment, entry, filter);
    sums.push_back(prefetch.position);
    sums = b.loop(b.index(0), rest, unroll, sums, [&](Value, ValueRange carried) {
      prefetchFilter(b, carried.back(), prefetch.perStep);
      Sums next = emitSteps(b, unroll, carried);
      next.back() = b.add(next.back(), b.mul(prefetch.perStep, unroll));
      return next;
    });
    sums.pop_back();
  } else {
    const bool fetches = xOffsets.empty() && fetchesInput(layer, shape);
    sums = b.loop(b.index(0), rest, unroll, sums, [&](Value step, ValueRange carried) {
      if (fetches)
        prefetchInput(b, layer, shape, unroll, step, carried[numCarried]);
      return emitSteps(b, unroll, carried);
    });
  }
  if (!evenly)
    sums = b.loop(rest, segment.length, 1, sums,
                  [&](Value, ValueRange carried) { return emitSteps(b, 1, carried); });
  sums.truncate(numCarried);
  return sums;
}

/// A segment of a depthwise layer: its single step, with lanes of x.
RegisterTile::Sums RegisterTile::accumulateLanes(Emitter &b, const SegmentEntry &segment, Value x,
                                                 Sums sums) {
  const int64_t lanes = layer.schedule.vectorLength;
  Value filter = b.add(block.filter, b.mul(segment.step, block.vectors * lanes));
  Value xLane = b.add(x, block.lane);
  for (int64_t vector = 0; vector < block.vectors; ++vector) {
    Value w = dot.loadFilter(b, b.add(filter, vector * lanes));
    for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel) {
      Value input = dot.loadInput(b, xOf(b, xLane, pixel, vector * lanes),
                                  std::min(lanes, block.lanes - vector * lanes));
      Value &sum = sums[pixel * block.vectors + vector];
      sum = dot.multiplyAdd(b, input, w, sum);
    }
  }
  return sums;
}

RegisterTile::Sums RegisterTile::accumulate(Emitter &b, const PlacedTile &tile, Sums sums) {
  auto add = [&](const SegmentEntry &segment, Sums before) {
    Value x = b.add(tile.x, segment.x);
    return layer.schedule.family == ::tconv::KernelFamily::Depthwise
               ? accumulateLanes(b, segment, x, std::move(before))
               : accumulateSegment(b, segment, tile.entry, x, std::move(before));
  };
  if (!segments.empty()) {
    for (const SegmentEntry &segment : segments)
      sums = add(segment, sums);
    return sums;
  }
  auto body = [&](Value number, ValueRange carried) {
    return add(tables.loadSegment(b, number), Sums(carried));
  };
  return b.loop(tile.entry.segmentBegin, tile.entry.segmentEnd, 1, sums, body);
}

/// What corrects the sums of a tile, if its dot product needs that.
RegisterTile::Sums RegisterTile::addCorrections(Emitter &b, const PlacedTile &tile, Sums sums) {
  if (!layer.packing.hasCorrections)
    return sums;
  auto body = [&](Value number, ValueRange carried) {
    SegmentEntry segment = tables.loadSegment(b, number);
    return dot.addCorrections(b, block.filter, segment.step, segment.length, block.vectors,
                              Sums(carried));
  };
  return b.loop(tile.entry.segmentBegin, tile.entry.segmentEnd, 1, sums, body);
}

void RegisterTile::storeAll(Emitter &b, ValueRange sums, Value y) {
  const int64_t lanes = layer.schedule.vectorLength;
  for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel)
    for (int64_t vector = 0; vector < block.vectors; ++vector) {
      Value position = yOf(b, y, pixel, vector * lanes);
      int64_t count = std::min(lanes, block.lanes - vector * lanes);
      storeLanes(b, sums[pixel * block.vectors + vector], layer.y, position, 0, count);
    }
}

/// Stores those lanes that exist, one by one, by way of a buffer on the stack.
void RegisterTile::storeClipped(Emitter &b, ValueRange sums, const PlacedTile &tile) {
  const int64_t lanes = block.vectors * layer.schedule.vectorLength;
  Type type = layer.storedType();
  // A tile stands in a loop: without this, each would take its own part of the stack.
  auto pointer = LLVM::LLVMPointerType::get(b.getContext());
  Value stack = LLVM::StackSaveOp::create(b, pointer);
  auto buffer = memref::AllocaOp::create(b, MemRefType::get({shape.pixels() * lanes}, type));
  for (auto [index, sum] : llvm::enumerate(sums))
    b.store(sum, buffer, b.index(index * layer.schedule.vectorLength));
  IndexRange exist = existingLanes(b, tile);
  for (int64_t pixel = 0; pixel < shape.pixels(); ++pixel) {
    Value first = yOf(b, tile.y, pixel, 0);
    b.loop(exist.begin, exist.end, 1, [&](Value lane) {
      Value element = b.load(buffer, b.add(lane, pixel * lanes));
      b.store(element, layer.y, b.add(first, lane));
    });
  }
  LLVM::StackRestoreOp::create(b, stack);
}

/// Of the block, the lanes that exist at a border of y.
IndexRange RegisterTile::existingLanes(Emitter &b, const PlacedTile &tile) {
  return {b.maxSigned(b.sub(tile.entry.laneBegin, block.lane), b.index(0)),
          b.minSigned(b.sub(tile.entry.laneEnd, block.lane), b.index(block.lanes)), 0};
}

/// The lanes of each vector for which neighbours are read, if they are not all.
SmallVector<Value> RegisterTile::createMasks(Emitter &b, const PlacedTile &tile, bool isClipped) {
  const int64_t lanes = layer.schedule.vectorLength;
  SmallVector<Value> masks(block.vectors);
  for (int64_t vector = 0; layer.readsElements() && vector < block.vectors; ++vector) {
    const int64_t first = vector * lanes, count = std::min(lanes, block.lanes - first);
    if (isClipped) {
      IndexRange exist = existingLanes(b, tile);
      masks[vector] = lanesBetween(b, layer.sums(), b.sub(exist.begin, b.index(first)),
                                   b.sub(exist.end, b.index(first)));
    } else if (count < lanes) {
      masks[vector] = firstLanes(b, layer.sums(), count);
    }
  }
  return masks;
}

/// Applies the epilogue, and rounds.
RegisterTile::Sums RegisterTile::complete(Emitter &b, const Sums &sums, const PlacedTile &tile,
                                          bool isClipped) {
  SmallVector<Value> masks = createMasks(b, tile, isClipped);
  Sums results;
  for (auto [index, sum] : llvm::enumerate(sums)) {
    const int64_t pixel = index / block.vectors, vector = index % block.vectors;
    const int64_t lane = vector * layer.schedule.vectorLength;
    SumPlace place;
    if (!layer.neighbours.empty())
      place = {yOf(b, tile.y, pixel, lane), b.add(block.bias, lane), /*perLane=*/true,
               masks[vector]};
    results.push_back(emitEpilogue(b, layer, sum, place));
  }
  return results;
}

/// Completes and stores sums. Only at a border of y it matters to neighbours which lanes exist.
void RegisterTile::finish(Emitter &b, const Sums &sums, const PlacedTile &tile) {
  if (!plan.clipped)
    return storeAll(b, complete(b, sums, tile, /*isClipped=*/false), tile.y);
  Sums completed;
  if (!layer.readsElements())
    completed = complete(b, sums, tile, /*isClipped=*/false);
  auto get = [&](bool isClipped) {
    return completed.empty() ? complete(b, sums, tile, isClipped) : completed;
  };
  Value begins = b.less(block.lane, tile.entry.laneBegin);
  Value ends = b.less(tile.entry.laneEnd, b.add(block.lane, block.lanes));
  b.ifThenElse(
      arith::OrIOp::create(b, begins, ends), [&] { storeClipped(b, get(true), tile); },
      [&] { storeAll(b, get(false), tile.y); });
}

void RegisterTile::emit(Emitter &b, const PlacedTile &tile) {
  Sums sums = addChains(b, accumulate(b, tile, initialSums(b, tile)), numChains());
  sums = addCorrections(b, tile, sums);
  if (storesSums)
    return storeAll(b, sums, tile.y);
  if (!plan.inParts || !hasEpilogue(layer.op))
    return finish(b, sums, tile);
  b.ifThenElse(
      b.less(b.index(0), tile.entry.unfinished), [&] { storeAll(b, sums, tile.y); },
      [&] { finish(b, sums, tile); });
}
