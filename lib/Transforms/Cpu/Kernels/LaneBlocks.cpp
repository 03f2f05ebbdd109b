//===- LaneBlocks.cpp - The lane blocks of the packed filter --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A task is a part of a plan for some lane blocks of a group. Tasks are numbered with the part
// innermost: threads that take neighbouring numbers share the filter's blocks in a cache that is
// common to them.
//
//===----------------------------------------------------------------------===//

#include "LaneBlocks.h"

using namespace mlir;
using namespace mlir::tconv;

void mlir::tconv::forEachLaneTask(Emitter &b, const KernelLayer &layer, Value parts,
                                  llvm::function_ref<void(const LaneTask &)> body) {
  const int64_t perTask = layer.schedule.blocksPerTask, blocks = layer.packing.numBlocks();
  const int64_t laneGroups = llvm::divideCeil(blocks, perTask);
  b.parallel(b.mul(parts, layer.packing.groups * laneGroups), [&](Value task) {
    LaneTask lanes;
    lanes.part = b.rem(task, parts);
    Value laneGroup = b.rem(b.div(task, parts), laneGroups);
    lanes.group = b.div(b.div(task, parts), laneGroups);
    lanes.blockBegin = b.mul(laneGroup, perTask);
    lanes.blockEnd = b.minSigned(b.add(lanes.blockBegin, perTask), b.index(blocks));
    body(lanes);
  });
}

static LaneBlock laneBlock(Emitter &b, const ::tconv::FilterPacking &packing, Value group,
                           Value number, int64_t vectors, int64_t lanes) {
  LaneBlock block{vectors, lanes, {}, b.mul(number, packing.blockLanes), {}};
  const int64_t blockElements = packing.blockLanes * packing.rows() * packing.channelsPerStep;
  block.filter = b.add(b.mul(group, packing.groupElements()), b.mul(number, blockElements));
  block.bias = b.add(b.mul(group, packing.paddedLanes()), block.lane);
  return block;
}

void mlir::tconv::forEachLaneBlock(Emitter &b, const KernelLayer &layer, Value group, Value begin,
                                   Value end, llvm::function_ref<void(const LaneBlock &)> body) {
  const ::tconv::FilterPacking &packing = layer.packing;
  Value full = b.index(packing.fullBlocks);
  if (packing.fullBlocks > 0)
    b.loop(begin, b.minSigned(end, full), 1, [&](Value number) {
      body(laneBlock(b, packing, group, number, layer.schedule.vectors, packing.blockLanes));
    });
  if (packing.lastBlockLanes == 0)
    return;
  b.ifThen(b.less(full, end), [&] {
    body(laneBlock(b, packing, group, full, packing.lastBlockLanes / packing.vectorLength,
                   packing.lanes - packing.fullBlocks * packing.blockLanes));
  });
}
