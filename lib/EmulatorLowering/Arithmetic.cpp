//===- Arithmetic.cpp - Conversions and other instructions of one thread --===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Instructions that LLVM's other targets lack become arithmetic that they have (dot products of
// bytes, conversions of pairs), functions of the C library (approximations, which are computed
// precisely), or calls of the emulator where bits matter (rounding to TF32, permutations of bytes).
// Divisions that a processor traps at get a divisor that it does not.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/StringSwitch.h"

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
  return replace(op, builder.call(loc, EmulatorFunction::ToTF32, builder.getI32Type(),
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

/// Two floats to a vector of two smaller ones, of which the first is the low half.
template <typename Op> Rewritten lowerToPair(EmulatorBuilder &builder, Op op) {
  if (op.getRnd() != NVVM::FPRoundingMode::RN || op.getRelu() ||
      op.getSat() != NVVM::SaturationMode::NONE)
    return failUnknown(op, " but for rn without saturation and relu");
  Location loc = op.getLoc();
  auto type = cast<VectorType>(op.getDst().getType());
  Value pair = LLVM::PoisonOp::create(builder, loc, type);
  for (auto [index, half] : llvm::enumerate(ValueRange{op.getSrcLo(), op.getSrcHi()})) {
    Value rounded = LLVM::FPTruncOp::create(builder, loc, type.getElementType(), half);
    pair =
        LLVM::InsertElementOp::create(builder, loc, pair, rounded, builder.constant32(loc, index));
  }
  return replace(op, pair);
}

/// dp4a: c + sum of a[i] * b[i].
Rewritten lowerDot(EmulatorBuilder &builder, NVVM::DotAccumulate4WayOp op) {
  Location loc = op.getLoc();
  auto type = VectorType::get(4, builder.getI32Type());
  auto extend = [&](Value bytes, NVVM::DotAccumulateType kind) -> Value {
    if (kind == NVVM::DotAccumulateType::SIGNED)
      return LLVM::SExtOp::create(builder, loc, type, bytes);
    return LLVM::ZExtOp::create(builder, loc, type, bytes);
  };
  Value products = LLVM::MulOp::create(builder, loc, extend(op.getA(), op.getAType()),
                                       extend(op.getB(), op.getBType()));
  Value sum = LLVM::vector_reduce_add::create(builder, loc, builder.getI32Type(), products);
  return replace(op, LLVM::AddOp::create(builder, loc, sum, op.getC()));
}

Rewritten lowerPermute(EmulatorBuilder &builder, NVVM::PermuteOp op) {
  if (op.getMode() != NVVM::PermuteMode::DEFAULT)
    return failUnknown(op, " but for the default mode");
  Location loc = op.getLoc();
  return replace(op, builder.call(loc, EmulatorFunction::Permute, builder.getI32Type(),
                                  {op.getLo(), op.getHi(), op.getSelector()}));
}

/// Functions of one or more floats that exist as intrinsics only.
StringRef findFunction(StringRef intrinsic) {
  return llvm::StringSwitch<StringRef>(intrinsic)
      .Cases({"llvm.nvvm.ex2.approx.f", "llvm.nvvm.ex2.approx.ftz.f"}, "exp2f")
      .Cases({"llvm.nvvm.lg2.approx.f", "llvm.nvvm.lg2.approx.ftz.f"}, "log2f")
      .Cases({"llvm.nvvm.rsqrt.approx.f", "llvm.nvvm.rsqrt.approx.ftz.f"},
             getSymbolName(EmulatorFunction::Rsqrtf))
      .Cases({"llvm.nvvm.sqrt.approx.f", "llvm.nvvm.sqrt.rn.f"}, "sqrtf")
      .Cases({"llvm.nvvm.sin.approx.f", "llvm.nvvm.sin.approx.ftz.f"}, "sinf")
      .Cases({"llvm.nvvm.cos.approx.f", "llvm.nvvm.cos.approx.ftz.f"}, "cosf")
      .Case("llvm.nvvm.fma.rn.f", "fmaf")
      .Case("llvm.nvvm.fma.rn.d", "fma")
      .Default("");
}

Rewritten lowerIntrinsic(EmulatorBuilder &builder, LLVM::CallIntrinsicOp op) {
  StringRef function = findFunction(op.getIntrin());
  if (function.empty() || op->getNumResults() != 1)
    return failUnknown(op, " of '" + op.getIntrin() + "'");
  return replace(op, builder.call(op.getLoc(), function, op->getResult(0).getType(), op.getArgs()));
}

/// A division that ends this process, by zero or of the smallest number by -1, has some result or
/// other on a GPU.
void guardDivision(EmulatorBuilder &builder, Operation *op) {
  Value dividend = op->getOperand(0), divisor = op->getOperand(1);
  auto type = dyn_cast<IntegerType>(divisor.getType());
  if (!type || divisor.getDefiningOp<LLVM::ConstantOp>())
    return;
  Location loc = op->getLoc();
  auto constant = [&](const llvm::APInt &number) -> Value {
    return LLVM::ConstantOp::create(builder, loc, type, builder.getIntegerAttr(type, number));
  };
  auto equal = [&](Value value, const llvm::APInt &number) -> Value {
    return LLVM::ICmpOp::create(builder, loc, LLVM::ICmpPredicate::eq, value, constant(number));
  };
  Value traps = equal(divisor, llvm::APInt::getZero(type.getWidth()));
  if (isa<LLVM::SDivOp, LLVM::SRemOp>(op)) {
    Value overflows =
        LLVM::AndOp::create(builder, loc, equal(divisor, llvm::APInt::getAllOnes(type.getWidth())),
                            equal(dividend, llvm::APInt::getSignedMinValue(type.getWidth())));
    traps = LLVM::OrOp::create(builder, loc, traps, overflows);
  }
  op->setOperand(1, LLVM::SelectOp::create(builder, loc, traps,
                                           constant(llvm::APInt(type.getWidth(), 1)), divisor));
}

} // namespace

Rewritten mlir::tconv::lowerArithmetic(EmulatorBuilder &builder, Operation *op) {
  if (auto convert = dyn_cast<NVVM::ConvertFloatToTF32Op>(op))
    return lowerToTF32(builder, convert);
  if (auto reciprocal = dyn_cast<NVVM::RcpApproxFtzF32Op>(op))
    return lowerReciprocal(builder, reciprocal);
  if (auto convert = dyn_cast<NVVM::ConvertF32x2ToF16x2Op>(op))
    return lowerToPair(builder, convert);
  if (auto convert = dyn_cast<NVVM::ConvertF32x2ToBF16x2Op>(op))
    return lowerToPair(builder, convert);
  if (auto dot = dyn_cast<NVVM::DotAccumulate4WayOp>(op))
    return lowerDot(builder, dot);
  if (auto permute = dyn_cast<NVVM::PermuteOp>(op))
    return lowerPermute(builder, permute);
  if (auto intrinsic = dyn_cast<LLVM::CallIntrinsicOp>(op))
    return lowerIntrinsic(builder, intrinsic);
  if (isa<LLVM::SDivOp, LLVM::UDivOp, LLVM::SRemOp, LLVM::URemOp>(op))
    guardDivision(builder, op);
  // Hints to the machine, and waits for work that is done by then.
  if (isa<NVVM::NanosleepOp, NVVM::PMEventOp, NVVM::PrefetchOp, NVVM::SetMaxRegisterOp,
          NVVM::GriddepcontrolOp>(op))
    return replace(op);
  return Rewritten::No;
}
