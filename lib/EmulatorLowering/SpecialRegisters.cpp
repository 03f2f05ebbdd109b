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
      .Default(std::nullopt);
}

/// Every clock counts nanoseconds.
static Rewritten lowerClock(EmulatorBuilder &builder, Operation *op) {
  Value time = builder.call(op->getLoc(), "tconvEmuClock", builder.getI64Type(), {});
  if (op->getResult(0).getType().isInteger(32))
    time = LLVM::TruncOp::create(builder, op->getLoc(), builder.getI32Type(), time);
  return replace(op, time);
}

Rewritten mlir::tconv::lowerSpecialRegister(EmulatorBuilder &builder, Operation *op) {
  StringRef name = op->getName().getStringRef();
  if (!name.consume_front("nvvm.read.ptx.sreg."))
    return Rewritten::No;
  Location loc = op->getLoc();
  if (name == "warpsize")
    return replace(op, builder.constant32(loc, 32));
  if (name.starts_with("clock") || name.starts_with("globaltimer"))
    return lowerClock(builder, op);
  std::optional<SpecialRegister> which = findRegister(name);
  if (!which)
    return failUnknown(op);
  Value number = builder.constant32(loc, static_cast<int64_t>(*which));
  return replace(op, builder.call(loc, "tconvEmuSpecialRegister", builder.getI32Type(), number));
}
