//===- BulkCopies.cpp - cp.async.bulk -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Copies of boxes by tensor maps and of ranges of bytes (cp.async.bulk) become calls with the
// addresses of both sides, of the mbarrier, and with the coordinates in memory. Prefetches do
// nothing; multicast is refused, as clusters have one block.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SiteKind;

static constexpr uint64_t boxAlignment = 128, rangeAlignment = 16, mbarrierBytes = 8;

/// The coordinates and offsets of a box in memory, as numbers of 32 bits.
static Value spillNumbers(EmulatorBuilder &builder, Operation *op, ValueRange coordinates,
                          ValueRange offsets) {
  SmallVector<Value> numbers(coordinates);
  for (Value offset : offsets)
    numbers.push_back(LLVM::ZExtOp::create(builder, op->getLoc(), builder.getI32Type(), offset));
  return builder.spill(op, 0, numbers);
}

static Value shape(EmulatorBuilder &builder, Operation *op, size_t rank, bool im2col,
                   bool hasOffsets) {
  ::tconv::BulkShape shape{static_cast<uint8_t>(rank), im2col, hasOffsets};
  return builder.constant32(op->getLoc(), shape.pack());
}

static Value predicate(EmulatorBuilder &builder, Location loc, Value value) {
  if (!value)
    return builder.constant32(loc, 1);
  return LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value);
}

static Value mbarrierSite(EmulatorBuilder &builder, Operation *op, Value pointer) {
  return builder.site(op, SiteKind::Other, pointer.getType(), mbarrierBytes, mbarrierBytes);
}

static Rewritten lowerTensorLoad(EmulatorBuilder &builder,
                                 NVVM::CpAsyncBulkTensorGlobalToSharedClusterOp op) {
  if (op.getMulticastMask() || op.getGroup())
    return failUnknown(op, " for several blocks of a cluster");
  bool im2col = op.getMode() == NVVM::TMALoadMode::IM2COL;
  if (!im2col && op.getMode() != NVVM::TMALoadMode::TILE)
    return failUnknown(op, " in this mode");
  Location loc = op.getLoc();
  Value store = builder.site(op, SiteKind::Store, op.getDstMem().getType(), 0, boxAlignment);
  builder.call(loc, EmulatorFunction::TensorLoad, {},
               {builder.address(loc, op.getDstMem()), builder.address(loc, op.getTmaDescriptor()),
                builder.address(loc, op.getMbar()),
                spillNumbers(builder, op, op.getCoordinates(), op.getIm2colOffsets()),
                shape(builder, op, op.getCoordinates().size(), im2col, im2col),
                predicate(builder, loc, op.getPredicate()), store,
                mbarrierSite(builder, op, op.getMbar())});
  return replace(op);
}

static Rewritten lowerTensorStore(EmulatorBuilder &builder,
                                  NVVM::CpAsyncBulkTensorSharedCTAToGlobalOp op) {
  bool im2col = op.getMode() == NVVM::TMAStoreMode::IM2COL;
  if (!im2col && op.getMode() != NVVM::TMAStoreMode::TILE)
    return failUnknown(op, " in this mode");
  Location loc = op.getLoc();
  Value load = builder.site(op, SiteKind::Load, op.getSrcMem().getType(), 0, boxAlignment);
  builder.call(loc, EmulatorFunction::TensorStore, {},
               {builder.address(loc, op.getTmaDescriptor()), builder.address(loc, op.getSrcMem()),
                spillNumbers(builder, op, op.getCoordinates(), {}),
                shape(builder, op, op.getCoordinates().size(), im2col, false),
                predicate(builder, loc, op.getPredicate()), load});
  return replace(op);
}

static Rewritten lowerLoad(EmulatorBuilder &builder, NVVM::CpAsyncBulkGlobalToSharedClusterOp op) {
  if (op.getMulticastMask())
    return failUnknown(op, " for several blocks of a cluster");
  Location loc = op.getLoc();
  Value store = builder.site(op, SiteKind::Store, op.getDstMem().getType(), 0, rangeAlignment);
  Value load = builder.site(op, SiteKind::Load, op.getSrcMem().getType(), 0, rangeAlignment);
  builder.call(loc, EmulatorFunction::BulkLoad, {},
               {builder.address(loc, op.getDstMem()), builder.address(loc, op.getSrcMem()),
                builder.address(loc, op.getMbar()), op.getSize(), store, load,
                mbarrierSite(builder, op, op.getMbar())});
  return replace(op);
}

static Rewritten lowerStore(EmulatorBuilder &builder, NVVM::CpAsyncBulkSharedCTAToGlobalOp op) {
  if (op.getByteMask())
    return failUnknown(op, " of some bytes");
  Location loc = op.getLoc();
  Value store = builder.site(op, SiteKind::Store, op.getDstMem().getType(), 0, rangeAlignment);
  Value load = builder.site(op, SiteKind::Load, op.getSrcMem().getType(), 0, rangeAlignment);
  builder.call(loc, EmulatorFunction::BulkStore, {},
               {builder.address(loc, op.getDstMem()), builder.address(loc, op.getSrcMem()),
                op.getSize(), store, load});
  return replace(op);
}

Rewritten mlir::tconv::lowerBulkCopy(EmulatorBuilder &builder, Operation *op) {
  Location loc = op->getLoc();
  return llvm::TypeSwitch<Operation *, Rewritten>(op)
      .Case([&](NVVM::CpAsyncBulkTensorGlobalToSharedClusterOp load) {
        return lowerTensorLoad(builder, load);
      })
      .Case([&](NVVM::CpAsyncBulkTensorSharedCTAToGlobalOp store) {
        return lowerTensorStore(builder, store);
      })
      .Case([&](NVVM::CpAsyncBulkGlobalToSharedClusterOp load) { return lowerLoad(builder, load); })
      .Case([&](NVVM::CpAsyncBulkSharedCTAToGlobalOp store) { return lowerStore(builder, store); })
      .Case([&](NVVM::CpAsyncBulkCommitGroupOp) {
        builder.call(loc, EmulatorFunction::BulkCommit, {}, {});
        return replace(op);
      })
      .Case([&](NVVM::CpAsyncBulkWaitGroupOp wait) {
        builder.call(loc, EmulatorFunction::BulkWait, {},
                     {builder.constant32(loc, wait.getGroup()),
                      builder.constant32(loc, wait.getRead().value_or(false))});
        return replace(op);
      })
      .Case<NVVM::CpAsyncBulkPrefetchOp, NVVM::CpAsyncBulkTensorPrefetchOp>(
          [&](Operation *) { return replace(op); })
      .Default(Rewritten::No);
}
