//===- StageRing.cpp - Stages that mbarriers say are full or empty --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "StageRing.h"

using namespace mlir;
using namespace mlir::tconv;

Value StageRing::full(KernelBuilder &b, Value stage) const {
  Value offset = b.mul(stage, ::tconv::GpuSharedMemory::barrierBytes);
  return b.atByte(shared, b.add(offset, layer.memory.barrierOffset));
}

Value StageRing::empty(KernelBuilder &b, Value stage) const {
  return full(b, b.add(stage, layer.schedule.stages));
}

Value StageRing::input(KernelBuilder &b, Value stage) const {
  return b.atByte(shared, b.mul(stage, layer.memory.stageBytes()));
}

Value StageRing::filter(KernelBuilder &b, Value stage) const {
  return b.atByte(input(b, stage), layer.memory.inputBytes);
}

void StageRing::initialize(KernelBuilder &b) const {
  for (int64_t stage = 0; stage < layer.schedule.stages; ++stage) {
    NVVM::MBarrierInitOp::create(b, full(b, b.i32(stage)), b.i32(1), Value());
    NVVM::MBarrierInitOp::create(b, empty(b, b.i32(stage)),
                                 b.i32(layer.schedule.multiplyingThreads() / 32), Value());
  }
  // Copies see mbarriers through another proxy.
  NVVM::FenceMbarrierInitOp::create(b);
}

StageRing::Place StageRing::next(KernelBuilder &b, const Place &place) const {
  Value stage = b.add(place.stage, 1), isLast = b.equal(stage, layer.schedule.stages);
  return {b.select(isLast, b.i32(0), stage),
          b.exclusiveOr(place.parity, b.select(isLast, b.i32(1), b.i32(0)))};
}

void StageRing::wait(KernelBuilder &b, Value barrier, Value parity) const {
  // Nanoseconds after which the instruction gives up, and is repeated.
  constexpr int64_t patience = 10'000'000;
  NVVM::MBarrierTryWaitParityOp::create(b, barrier, parity, b.i32(patience));
}

Value StageRing::beginToFill(KernelBuilder &b, const Place &place) const {
  // The first time around stages are empty: the phase before the first one is over.
  wait(b, empty(b, place.stage), b.exclusiveOr(place.parity, b.i32(1)));
  Value barrier = full(b, place.stage);
  NVVM::MBarrierArriveExpectTxOp::create(b, Type(), barrier, b.i32(layer.memory.stageBytes()),
                                         NVVM::MemScopeKind::CTA, /*relaxed=*/false, Value());
  return barrier;
}

void StageRing::waitUntilFull(KernelBuilder &b, const Place &place) const {
  wait(b, full(b, place.stage), place.parity);
}

void StageRing::release(KernelBuilder &b, Value stage) const {
  NVVM::MBarrierArriveOp::create(b, Type(), empty(b, stage), Value());
}
