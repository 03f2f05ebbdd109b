//===- Arithmetic.cpp - Conversions and other instructions of one thread --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Rounds to the 10 bits of mantissa that TF32 has; the low 13 bits become zero.
Rewritten lowerToTF32(EmulatorBuilder &builder, NVVM::ConvertFloatToTF32Op op) {
  Location loc = op.getLoc();
  NVVM::FPRoundingMode mode = op.getRnd();
  if (op.getSat() != NVVM::SaturationMode::NONE || op.getRelu())
    return failUnknown(op, " with saturation or relu");
  bool ties = mode == NVVM::FPRoundingMode::RN, truncates = mode == NVVM::FPRoundingMode::RZ;
  Value bits = LLVM::BitcastOp::create(builder, loc, builder.getI32Type(), op.getSrc());
  return replace(op, builder.call(loc, "tconvEmuToTF32", builder.getI32Type(),
                                  {bits, builder.constant32(loc, truncates ? 2
                                                                 : ties    ? 1
                                                                           : 0)}));
}

Rewritten lowerReciprocal(EmulatorBuilder &builder, NVVM::RcpApproxFtzF32Op op) {
  Location loc = op.getLoc();
  Value one =
      LLVM::ConstantOp::create(builder, loc, builder.getF32Type(), builder.getF32FloatAttr(1));
  return replace(op, LLVM::FDivOp::create(builder, loc, one, op.getArg()));
}

} // namespace

Rewritten mlir::tconv::lowerArithmetic(EmulatorBuilder &builder, Operation *op) {
  if (auto convert = dyn_cast<NVVM::ConvertFloatToTF32Op>(op))
    return lowerToTF32(builder, convert);
  if (auto reciprocal = dyn_cast<NVVM::RcpApproxFtzF32Op>(op))
    return lowerReciprocal(builder, reciprocal);
  // Hints to the machine, and waits for work that is done by then.
  if (isa<NVVM::NanosleepOp, NVVM::PMEventOp, NVVM::PrefetchOp, NVVM::SetMaxRegisterOp,
          NVVM::GriddepcontrolOp>(op))
    return replace(op);
  return Rewritten::No;
}
