//===- SpecialRegisters.cpp - Numbers of threads and blocks ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SpecialRegister;

static std::optional<SpecialRegister> findRegister(StringRef name) {
  using enum SpecialRegister;
  return llvm::StringSwitch<std::optional<SpecialRegister>>(name)
      .Case("tid.x", TidX)
      .Case("tid.y", TidY)
      .Case("tid.z", TidZ)
      .Case("ntid.x", NtidX)
      .Case("ntid.y", NtidY)
      .Case("ntid.z", NtidZ)
      .Case("ctaid.x", CtaidX)
      .Case("ctaid.y", CtaidY)
      .Case("ctaid.z", CtaidZ)
      .Case("nctaid.x", NctaidX)
      .Case("nctaid.y", NctaidY)
      .Case("nctaid.z", NctaidZ)
      .Case("laneid", LaneId)
      .Case("warpid", WarpId)
      .Case("nwarpid", NumWarps)
      .Case("smid", SmId)
      .Case("nsmid", NumSms)
      .Case("gridid", GridId)
      .Case("lanemask.eq", LaneMaskEq)
      .Case("lanemask.le", LaneMaskLe)
      .Case("lanemask.lt", LaneMaskLt)
      .Case("lanemask.ge", LaneMaskGe)
      .Case("lanemask.gt", LaneMaskGt)
      .Case("dynamic.smem.size", DynamicSharedBytes)
      .Cases({"total.smem.size", "aggr.smem.size"}, TotalSharedBytes)
      // Each block is a cluster of its own.
      .Case("clusterid.x", CtaidX)
      .Case("clusterid.y", CtaidY)
      .Case("clusterid.z", CtaidZ)
      .Case("nclusterid.x", NctaidX)
      .Case("nclusterid.y", NctaidY)
      .Case("nclusterid.z", NctaidZ)
      .Default(std::nullopt);
}

/// What is the same for all blocks, each a cluster of its own.
static std::optional<int64_t> findConstant(StringRef name) {
  return llvm::StringSwitch<std::optional<int64_t>>(name)
      .Case("warpsize", 32)
      .Cases({"cluster.ctaid.x", "cluster.ctaid.y", "cluster.ctaid.z", "cluster.ctarank"}, 0)
      .Cases({"cluster.nctaid.x", "cluster.nctaid.y", "cluster.nctaid.z", "cluster.nctarank"}, 1)
      .Default(std::nullopt);
}

/// Every clock counts nanoseconds.
static Rewritten lowerClock(EmulatorBuilder &builder, Operation *op) {
  Value time = builder.call(op->getLoc(), EmulatorFunction::Clock, builder.getI64Type(), {});
  if (op->getResult(0).getType().isInteger(32))
    time = LLVM::TruncOp::create(builder, op->getLoc(), builder.getI32Type(), time);
  return replace(op, time);
}

Rewritten mlir::tconv::lowerSpecialRegister(EmulatorBuilder &builder, Operation *op) {
  StringRef name = op->getName().getStringRef();
  if (!name.consume_front("nvvm.read.ptx.sreg."))
    return Rewritten::No;
  Location loc = op->getLoc();
  if (std::optional<int64_t> value = findConstant(name))
    return replace(op, builder.constant32(loc, *value));
  if (name.starts_with("clock") || name.starts_with("globaltimer"))
    return lowerClock(builder, op);
  std::optional<SpecialRegister> which = findRegister(name);
  if (!which)
    return failUnknown(op);
  Value number = builder.constant32(loc, static_cast<int64_t>(*which));
  return replace(
      op, builder.call(loc, EmulatorFunction::SpecialRegister, builder.getI32Type(), number));
}
