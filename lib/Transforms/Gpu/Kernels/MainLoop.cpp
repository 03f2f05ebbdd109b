//===- MainLoop.cpp - The sum over taps and channels, in a pipeline -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Shared memory holds a ring of `stages` stages. Before the loop the first stages - 1 steps are
// on their way, a group of asynchronous copies for each. An iteration waits until all groups
// but the last stages - 2 have landed, that of its own step among them; a barrier makes it
// visible, and says that everybody has read the stage of the step before, into which the copies
// for stages - 1 steps later now go. Groups are committed in steps that need no copy, too, so
// that counting them works at the end. Where x cannot be copied asynchronously (InputTile.h),
// its elements are loaded before the products and stored after them.
//
//===----------------------------------------------------------------------===//

#include "MainLoop.h"

using namespace mlir;
using namespace mlir::tconv;

Value MainLoop::nextStage(KernelBuilder &b, Value stage) const {
  Value next = b.add(stage, layer.memory.stageBytes());
  return b.select(b.equal(next, layer.schedule.stages * layer.memory.stageBytes()), b.i32(0), next);
}

/// Begins to copy the tiles of a step to the stage at an offset in shared layer.memory.
void MainLoop::copy(KernelBuilder &b, const SumPosition &position, Value needed,
                    Value stage) const {
  Value address = b.atByte(shared, stage);
  filter.copy(b, position, needed, b.atByte(address, layer.memory.inputBytes));
  if (!input.usesRegisters())
    input.copy(b, position, needed, address);
  NVVM::CpAsyncCommitGroupOp::create(b);
}

/// Fills all stages but the last one.
SumPosition MainLoop::fillStages(KernelBuilder &b, const SumSteps &steps) const {
  SumPosition position = SumPosition::at(b, layer, block.phase, block.taps, steps.begin);
  for (int64_t stage = 0; stage + 1 < layer.schedule.stages; ++stage) {
    Value step = b.add(steps.begin, stage), offset = b.i32(stage * layer.memory.stageBytes());
    Value needed = b.below(step, steps.end);
    copy(b, position, needed, offset);
    if (input.usesRegisters())
      input.store(b, input.load(b, position, needed), b.atByte(shared, offset));
    position = position.next(b, layer, block.taps);
  }
  return position;
}

SmallVector<Value> MainLoop::emit(KernelBuilder &b) const {
  const SumSteps steps = SumSteps::of(b, layer, block);
  const int64_t ahead = layer.schedule.stages - 1;
  SumPosition first = fillStages(b, steps);
  SmallVector<Value> carried{b.i32(0), b.i32(ahead * layer.memory.stageBytes())};
  llvm::append_range(carried, first.pack());
  const size_t numPositions = carried.size();
  llvm::append_range(carried, multiply.zeroSums(b));
  auto results = b.loop(steps.begin, steps.end, 1, carried, [&](Value step, ValueRange values) {
    Value read = values[0], written = values[1];
    auto position = SumPosition::unpack(values.slice(2, numPositions - 2));
    // Once all threads are here, the stage of the step before is free.
    NVVM::CpAsyncWaitGroupOp::create(b, static_cast<uint32_t>(ahead - 1));
    b.barrier();
    Value later = b.add(step, ahead), needed = b.below(later, steps.end);
    copy(b, position, needed, written);
    SmallVector<Value> chunks;
    if (input.usesRegisters())
      chunks = input.load(b, position, needed);
    Value stage = b.atByte(shared, read);
    SmallVector<Value> sums = multiply.multiply(b, stage, b.atByte(stage, layer.memory.inputBytes),
                                                values.drop_front(numPositions));
    if (input.usesRegisters())
      input.store(b, chunks, b.atByte(shared, written));
    SmallVector<Value> next{nextStage(b, read), nextStage(b, written)};
    llvm::append_range(next, position.next(b, layer, block.taps).pack());
    llvm::append_range(next, sums);
    return next;
  });
  NVVM::CpAsyncWaitGroupOp::create(b, 0);
  b.barrier();
  return SmallVector<Value>(ArrayRef(results).drop_front(numPositions));
}
