//===- AsyncCopies.cpp - cp.async -----------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SiteKind;

static Rewritten lowerCopy(EmulatorBuilder &builder, NVVM::CpAsyncOp op) {
  Location loc = op.getLoc();
  uint64_t bytes = op.getSize();
  Value sourceBytes = op.getCpSize() ? op.getCpSize() : builder.constant32(loc, bytes);
  Value store = builder.site(op, SiteKind::Store, op.getDst().getType(), bytes, bytes);
  Value load = builder.site(op, SiteKind::Load, op.getSrc().getType(), bytes, bytes);
  builder.call(loc, EmulatorFunction::CopyAsync, {},
               {builder.address(loc, op.getDst()), builder.address(loc, op.getSrc()), sourceBytes,
                store, load});
  return replace(op);
}

Rewritten mlir::tconv::lowerAsyncCopy(EmulatorBuilder &builder, Operation *op) {
  if (auto copy = dyn_cast<NVVM::CpAsyncOp>(op))
    return lowerCopy(builder, copy);
  if (isa<NVVM::CpAsyncCommitGroupOp>(op)) {
    builder.call(op->getLoc(), EmulatorFunction::CommitGroup, {}, {});
    return replace(op);
  }
  if (auto wait = dyn_cast<NVVM::CpAsyncWaitGroupOp>(op)) {
    builder.call(op->getLoc(), EmulatorFunction::WaitGroups, {},
                 builder.constant32(op->getLoc(), wait.getN()));
    return replace(op);
  }
  return Rewritten::No;
}
