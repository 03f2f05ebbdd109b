//===- Barriers.cpp - Barriers and fences ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Barriers of blocks and warps become calls that wait. A cluster has one block, so that its barrier
// is one of the block. Fences of memory do nothing, as threads run one after the other; those
// between proxies are noted, since missing ones are errors that the emulator finds.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

BarrierReduction getReduction(std::optional<NVVM::BarrierReduction> reduction) {
  if (!reduction)
    return BarrierReduction::None;
  switch (*reduction) {
  case NVVM::BarrierReduction::AND:
    return BarrierReduction::And;
  case NVVM::BarrierReduction::OR:
    return BarrierReduction::Or;
  case NVVM::BarrierReduction::POPC:
    return BarrierReduction::Popc;
  }
  llvm_unreachable("not a reduction");
}

Value orZero(EmulatorBuilder &builder, Location loc, Value value) {
  return value ? value : builder.constant32(loc, 0);
}

Rewritten lowerBlockBarrier(EmulatorBuilder &builder, NVVM::BarrierOp op) {
  Location loc = op.getLoc();
  Value reduction =
      builder.constant32(loc, static_cast<int64_t>(getReduction(op.getReductionOp())));
  Value predicate = orZero(builder, loc, op.getReductionPredicate());
  if (op.getReductionPredicate()) {
    // Any number but 0 holds.
    Value zero = builder.constant32(loc, 0);
    Value holds = LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::ne, predicate, zero);
    predicate = LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), holds);
  }
  Value result = builder.call(loc, EmulatorFunction::Barrier, builder.getI32Type(),
                              {orZero(builder, loc, op.getBarrierId()),
                               orZero(builder, loc, op.getNumberOfThreads()), reduction, predicate,
                               builder.site(op)});
  return replace(op, op.getRes() ? result : Value());
}

} // namespace

Rewritten mlir::tconv::lowerBarrier(EmulatorBuilder &builder, Operation *op) {
  Location loc = op->getLoc();
  if (isa<NVVM::Barrier0Op>(op)) {
    Value zero = builder.constant32(loc, 0);
    builder.call(loc, EmulatorFunction::Barrier, builder.getI32Type(),
                 {zero, zero, zero, zero, builder.site(op)});
    return replace(op);
  }
  if (auto barrier = dyn_cast<NVVM::BarrierOp>(op))
    return lowerBlockBarrier(builder, barrier);
  if (auto arrive = dyn_cast<NVVM::BarrierArriveOp>(op)) {
    builder.call(loc, EmulatorFunction::BarrierArrive, {},
                 {orZero(builder, loc, arrive.getBarrierId()), arrive.getNumberOfThreads(),
                  builder.site(op)});
    return replace(op);
  }
  if (auto warp = dyn_cast<NVVM::SyncWarpOp>(op)) {
    builder.call(loc, EmulatorFunction::WarpBarrier, {}, {warp.getMask(), builder.site(op)});
    return replace(op);
  }
  // A cluster is one block: threads wait where all of its threads do.
  if (isa<NVVM::ClusterArriveOp, NVVM::ClusterArriveRelaxedOp, NVVM::ClusterWaitOp>(op)) {
    bool waits = isa<NVVM::ClusterWaitOp>(op);
    builder.call(loc, EmulatorFunction::ClusterBarrier, {},
                 {builder.constant32(loc, waits), builder.site(op)});
    return replace(op);
  }
  if (auto map = dyn_cast<NVVM::MapaOp>(op)) {
    Value address = builder.call(loc, EmulatorFunction::MapToRank, builder.getI64Type(),
                                 {builder.address(loc, map.getA()), map.getB(), builder.site(op)});
    return replace(op, LLVM::IntToPtrOp::create(builder, loc, map.getRes().getType(), address));
  }
  if (isa<NVVM::FenceMbarrierInitOp>(op)) {
    builder.call(loc, EmulatorFunction::MbarrierInitFence, {}, {});
    return replace(op);
  }
  if (auto fence = dyn_cast<NVVM::FenceProxyOp>(op);
      fence && (fence.getKind() == NVVM::ProxyKind::async ||
                fence.getKind() == NVVM::ProxyKind::async_shared)) {
    builder.call(loc, EmulatorFunction::ProxyFence, {}, {});
    return replace(op);
  }
  // Threads run one after the other, so that each sees all that was written before.
  if (isa<NVVM::MembarOp, NVVM::FenceScClusterOp, NVVM::FenceSyncRestrictOp, NVVM::FenceProxyOp,
          NVVM::FenceProxyAcquireOp, NVVM::FenceProxyReleaseOp, NVVM::FenceProxySyncRestrictOp>(op))
    return replace(op);
  return Rewritten::No;
}
