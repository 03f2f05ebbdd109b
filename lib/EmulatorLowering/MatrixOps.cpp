//===- MatrixOps.cpp - ldmatrix, stmatrix and mma -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The registers of a thread's fragments go through memory to one call for each of its lanes, which
// the emulator collects: it knows, as the PTX ISA lists them, which lane holds which element.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"
#include "MatrixTypes.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::MatrixElement;
using ::tconv::MatrixShape;
using ::tconv::SiteKind;

std::optional<MatrixElement> mlir::tconv::getMatrixElement(NVVM::MMATypes type) {
  switch (type) {
  case NVVM::MMATypes::f16:
    return MatrixElement::F16;
  case NVVM::MMATypes::bf16:
    return MatrixElement::BF16;
  case NVVM::MMATypes::tf32:
    return MatrixElement::TF32;
  case NVVM::MMATypes::f32:
    return MatrixElement::F32;
  case NVVM::MMATypes::f64:
    return MatrixElement::F64;
  case NVVM::MMATypes::s8:
    return MatrixElement::S8;
  case NVVM::MMATypes::u8:
    return MatrixElement::U8;
  case NVVM::MMATypes::s32:
    return MatrixElement::S32;
  default:
    return std::nullopt;
  }
}

namespace {

/// Bytes of a row of 8 elements of 16 bits.
constexpr uint64_t rowBytes = 16;

template <typename Op> bool isOf8x8Halves(Op op) {
  return op.getShape().getM() == 8 && op.getShape().getN() == 8 &&
         op.getEltType() == NVVM::LdStMatrixEltType::B16;
}

Rewritten lowerLoad(EmulatorBuilder &builder, NVVM::LdMatrixOp op) {
  if (!isOf8x8Halves(op))
    return failUnknown(op, " of this shape and type");
  Location loc = op.getLoc();
  Value registers = builder.slot(op, 0, 16);
  bool transposed = op.getLayout() == NVVM::MMALayout::col;
  builder.call(loc, EmulatorFunction::LoadMatrices, {},
               {builder.address(loc, op.getPtr()), registers, builder.constant32(loc, op.getNum()),
                builder.constant32(loc, transposed),
                builder.site(op, SiteKind::Load, op.getPtr().getType(), rowBytes, rowBytes)});
  return replace(op, LLVM::LoadOp::create(builder, loc, op.getType(), registers));
}

Rewritten lowerStore(EmulatorBuilder &builder, NVVM::StMatrixOp op) {
  if (!isOf8x8Halves(op))
    return failUnknown(op, " of this shape and type");
  Location loc = op.getLoc();
  bool transposed = op.getLayout() == NVVM::MMALayout::col;
  Value registers = builder.spill(op, 0, op.getSources());
  builder.call(loc, EmulatorFunction::StoreMatrices, {},
               {builder.address(loc, op.getPtr()), registers,
                builder.constant32(loc, op.getSources().size()),
                builder.constant32(loc, transposed),
                builder.site(op, SiteKind::Store, op.getPtr().getType(), rowBytes, rowBytes)});
  return replace(op);
}

/// The type of a multiplicand, which the op may leave to its operands.
std::optional<MatrixElement> getMultiplicand(std::optional<NVVM::MMATypes> type,
                                             ValueRange operands) {
  if (!type)
    type = NVVM::MmaOp::inferOperandMMAType(operands.front().getType(), /*isAccumulator=*/false);
  return type ? getMatrixElement(*type) : std::nullopt;
}

std::optional<MatrixShape> getShape(NVVM::MmaOp op) {
  auto a = getMultiplicand(op.getMultiplicandAPtxType(), op.getOperandA());
  auto b = getMultiplicand(op.getMultiplicandBPtxType(), op.getOperandB());
  auto accumulator = getMatrixElement(op.accumPtxType()),
       result = getMatrixElement(op.resultPtxType());
  if (!a || !b || !accumulator || accumulator != result || op.getB1Op() ||
      op.getLayoutA() != NVVM::MMALayout::row || op.getLayoutB() != NVVM::MMALayout::col)
    return std::nullopt;
  MatrixShape shape{static_cast<uint8_t>(op.getShape().getM()),
                    static_cast<uint8_t>(op.getShape().getN()),
                    static_cast<uint8_t>(op.getShape().getK()),
                    *a,
                    *b,
                    *accumulator,
                    op.getIntOverflowBehavior() == NVVM::MMAIntOverflow::satfinite};
  if (!isKnownShape(shape))
    return std::nullopt;
  return shape;
}

Rewritten lowerMultiply(EmulatorBuilder &builder, NVVM::MmaOp op) {
  std::optional<MatrixShape> shape = getShape(op);
  if (!shape)
    return failUnknown(op, " of this shape and these types");
  Location loc = op.getLoc();
  Value a = builder.spill(op, 0, op.getOperandA()), b = builder.spill(op, 1, op.getOperandB());
  Value c = builder.spill(op, 2, op.getOperandC());
  builder.call(loc, EmulatorFunction::MultiplyMatrices, {},
               {a, b, c, c, builder.constant64(loc, shape->pack()), builder.site(op)});
  return replace(op, LLVM::LoadOp::create(builder, loc, op.getType(), c));
}

} // namespace

Rewritten mlir::tconv::lowerMatrixOp(EmulatorBuilder &builder, Operation *op) {
  if (auto load = dyn_cast<NVVM::LdMatrixOp>(op))
    return lowerLoad(builder, load);
  if (auto store = dyn_cast<NVVM::StMatrixOp>(op))
    return lowerStore(builder, store);
  if (auto multiply = dyn_cast<NVVM::MmaOp>(op))
    return lowerMultiply(builder, multiply);
  return Rewritten::No;
}
