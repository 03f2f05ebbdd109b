//===- WarpgroupBlock.cpp - A block whose warpgroups load or multiply -----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   if (thread == 0) initialize the mbarriers of all stages; everybody waits for that
//   if (thread of the last warpgroup) {
//     give registers back
//     if (first one) for each step: wait until its stage is empty, load both tiles
//   } else {
//     take more registers
//     for each step: wait until its stage is full, begin to multiply its tiles,
//         wait for the products of the step before, release its stage
//     exchange and store the sums, among these threads
//   }
//
//===----------------------------------------------------------------------===//

#include "WarpgroupBlock.h"

#include "WgmmaTile.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Of two warpgroups that multiply, each thread takes over some of the registers that the one that
/// loads gives back: 128 (232 + 232 + 40) are all that the block begins with, 384 times 168.
constexpr uint32_t registersToLoad = 40, registersToMultiply = 232;

void setRegisters(KernelBuilder &b, const GpuKernelLayer &layer, uint32_t registers,
                  NVVM::SetMaxRegisterAction action) {
  // One warpgroup that multiplies has as many as there are.
  if (layer.schedule.warpgroups() > 1)
    NVVM::SetMaxRegisterOp::create(b, registers, action);
}

/// The sums of this thread.
SmallVector<Value> emitSteps(KernelBuilder &b, const GpuKernelLayer &layer,
                             const BlockPosition &block, const StageRing &ring,
                             const WgmmaTile &tile) {
  const SumSteps steps = SumSteps::of(b, layer, block);
  Value isFirstLane = b.equal(b.rem(b.threadIndex(), 32), 0);
  SmallVector<Value> carried = ring.first(b).pack();
  carried.push_back(b.i32(0)); // the stage of the step before
  llvm::append_range(carried, tile.zeroSums(b));
  auto results = b.loop(steps.begin, steps.end, 1, carried, [&](Value step, ValueRange values) {
    auto place = StageRing::Place::unpack(values.take_front(2));
    ring.waitUntilFull(b, place);
    SmallVector<Value> sums = tile.multiply(b, ring.input(b, place.stage),
                                            ring.filter(b, place.stage), values.drop_front(3));
    NVVM::WgmmaWaitGroupSyncOp::create(b, 1);
    Value hasBefore = b.below(steps.begin, step);
    b.ifThen(b.both(isFirstLane, hasBefore), [&] { ring.release(b, values[2]); });
    SmallVector<Value> next = ring.next(b, place).pack();
    next.push_back(place.stage);
    llvm::append_range(next, sums);
    return next;
  });
  NVVM::WgmmaWaitGroupSyncOp::create(b, 0);
  return SmallVector<Value>(ArrayRef(results).drop_front(3));
}

} // namespace

void mlir::tconv::emitWarpgroupBlock(KernelBuilder &b, gpu::GPUModuleOp module,
                                     const GpuKernelLayer &layer, const BlockPosition &block,
                                     const TileLoads::Sources &sources, Value shared,
                                     const SumTarget &target) {
  const int64_t multiplying = layer.schedule.multiplyingThreads();
  const StageRing ring(layer, shared);
  Value thread = b.threadIndex();
  b.ifThen(b.equal(thread, 0), [&] { ring.initialize(b); });
  b.barrier();
  auto load = [&] {
    setRegisters(b, layer, registersToLoad, NVVM::SetMaxRegisterAction::decrease);
    b.ifThen(b.equal(thread, multiplying),
             [&] { TileLoads(b, module, layer, block, sources).emit(b, ring); });
  };
  auto multiply = [&] {
    setRegisters(b, layer, registersToMultiply, NVVM::SetMaxRegisterAction::increase);
    WgmmaTile tile(b, layer);
    SumStore store(b, layer, block, target, shared);
    SmallVector<Value> sums = emitSteps(b, layer, block, ring, tile);
    // Sums take the place of tiles that other warpgroups may still multiply.
    syncMultiplyingThreads(b, layer.schedule);
    store.emit(b, tile, sums);
  };
  b.ifThenElse(b.atLeast(thread, b.i32(multiplying)), load, multiply);
}
