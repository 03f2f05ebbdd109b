//===- WgmmaOps.cpp - wgmma, and uses of its results ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The struct that a wgmma returns holds a handle (lib/Emulator/Accumulators.h), as long as it is
// passed on as a whole. Where a register of a struct of such a type is read,
//
//   %r = llvm.extractvalue %d[5] : !llvm.struct<(f32, ...)>
//
// becomes a call that looks the handle up, if there is one:
//
//   %r = llvm.call @tconvEmuAccumulator(%d0, %d1, %d5, %five, %site)
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::MatrixElement;
using ::tconv::SiteKind;
using ::tconv::WarpgroupShape;

namespace {

constexpr uint64_t chunkBytes = 16;
/// Of 128 registers, for a result of 64 by 256.
constexpr uint64_t accumulatorBytes = 512;
/// The role of the slot of accumulators.
constexpr unsigned accumulatorRole = 8;

std::optional<MatrixElement> getElement(NVVM::WGMMATypes type) {
  switch (type) {
  case NVVM::WGMMATypes::f16:
    return MatrixElement::F16;
  case NVVM::WGMMATypes::bf16:
    return MatrixElement::BF16;
  case NVVM::WGMMATypes::tf32:
    return MatrixElement::TF32;
  case NVVM::WGMMATypes::f32:
    return MatrixElement::F32;
  case NVVM::WGMMATypes::s8:
    return MatrixElement::S8;
  case NVVM::WGMMATypes::u8:
    return MatrixElement::U8;
  case NVVM::WGMMATypes::s32:
    return MatrixElement::S32;
  case NVVM::WGMMATypes::e4m3:
    return MatrixElement::E4M3;
  case NVVM::WGMMATypes::e5m2:
    return MatrixElement::E5M2;
  default:
    return std::nullopt;
  }
}

/// Whether a struct is of registers of 32 bits.
bool isOfRegisters(Type type) {
  return llvm::all_of(cast<LLVM::LLVMStructType>(type).getBody(), [](Type member) {
    auto vector = dyn_cast<VectorType>(member);
    if (!vector)
      return member.isIntOrFloat() && member.getIntOrFloatBitWidth() == 32;
    return vector.getNumElements() * vector.getElementTypeBitWidth() == 32;
  });
}

std::optional<WarpgroupShape> getShape(NVVM::WgmmaMmaAsyncOp op) {
  auto a = getElement(op.getTypeA()), b = getElement(op.getTypeB());
  auto accumulator = getElement(op.getTypeD());
  if (!a || !b || !accumulator || !isOfRegisters(op.getResults().getType()))
    return std::nullopt;
  WarpgroupShape shape;
  shape.n = static_cast<uint16_t>(op.getShape().getN());
  shape.a = *a;
  shape.b = *b;
  shape.accumulator = *accumulator;
  shape.isMMajor = op.getLayoutA() == NVVM::MMALayout::col;
  shape.isNMajor = op.getLayoutB() == NVVM::MMALayout::row;
  shape.accumulates = op.getScaleD() == NVVM::WGMMAScaleOut::one;
  shape.negates = op.getScaleA() != op.getScaleB();
  shape.saturates = op.getSatfinite() == NVVM::MMAIntOverflow::satfinite;
  if (!isKnownShape(shape))
    return std::nullopt;
  return shape;
}

/// Stores a struct of registers where the emulator finds them.
Value spillStruct(EmulatorBuilder &builder, Operation *op, Value value) {
  Value memory = builder.slot(op, accumulatorRole, accumulatorBytes);
  LLVM::StoreOp::create(builder, op->getLoc(), value, memory);
  return memory;
}

Rewritten lowerMultiply(EmulatorBuilder &builder, NVVM::WgmmaMmaAsyncOp op) {
  std::optional<WarpgroupShape> shape = getShape(op);
  if (!shape)
    return failUnknown(op, " of this shape and these types");
  Location loc = op.getLoc();
  Value registers = spillStruct(builder, op, op.getInouts());
  auto shared = LLVM::LLVMPointerType::get(builder.getContext(), /*addressSpace=*/3);
  builder.call(loc, EmulatorFunction::WarpgroupMultiply, {},
               {op.getDescriptorA(), op.getDescriptorB(), registers,
                builder.constant64(loc, shape->pack()),
                builder.site(op, SiteKind::Load, shared, chunkBytes, chunkBytes)});
  return replace(op, LLVM::LoadOp::create(builder, loc, op.getResults().getType(), registers));
}

Rewritten lowerSynchronization(EmulatorBuilder &builder, Operation *op, EmulatorFunction function,
                               ValueRange arguments = {}) {
  SmallVector<Value> operands(arguments);
  operands.push_back(builder.site(op));
  builder.call(op->getLoc(), function, {}, operands);
  return replace(op);
}

/// Whether a value of a type that wgmma return may hold a handle, by the op that makes it.
bool mayHoldHandle(EmulatorBuilder &builder, Value value) {
  return builder.accumulators.contains(value.getType()) &&
         !isa_and_nonnull<LLVM::InsertValueOp, LLVM::ConstantOp, LLVM::ZeroOp, LLVM::UndefOp,
                          LLVM::PoisonOp>(value.getDefiningOp());
}

/// The registers of a struct in place of the handle that it may hold.
Value resolve(EmulatorBuilder &builder, Operation *op, Value value) {
  Location loc = op->getLoc();
  int64_t count = cast<LLVM::LLVMStructType>(value.getType()).getBody().size();
  Value memory = spillStruct(builder, op, value);
  builder.call(loc, EmulatorFunction::Accumulators, {},
               {memory, builder.constant32(loc, count), builder.site(op)});
  return LLVM::LoadOp::create(builder, loc, value.getType(), memory);
}

/// One register of a struct that is itself at the first `depth` steps of a position.
Rewritten lowerExtract(EmulatorBuilder &builder, LLVM::ExtractValueOp op, Value container,
                       int64_t index) {
  if (!mayHoldHandle(builder, container))
    return Rewritten::Yes;
  Location loc = op.getLoc();
  Type type = op.getType();
  auto get = [&](int64_t position) -> Value {
    Value value =
        LLVM::ExtractValueOp::create(builder, loc, container, ArrayRef<int64_t>{position});
    if (value.getType().isInteger(32))
      return value;
    return LLVM::BitcastOp::create(builder, loc, builder.getI32Type(), value);
  };
  Value bits =
      builder.call(loc, EmulatorFunction::Accumulator, builder.getI32Type(),
                   {get(0), get(1), get(index), builder.constant32(loc, index), builder.site(op)});
  if (!type.isInteger(32))
    bits = LLVM::BitcastOp::create(builder, loc, type, bits);
  return replace(op, bits);
}

/// The type of what is at a position of a struct or array.
Type getTypeAt(Type type, ArrayRef<int64_t> position) {
  for (int64_t index : position) {
    if (auto structure = dyn_cast<LLVM::LLVMStructType>(type))
      type = structure.getBody()[index];
    else
      type = cast<LLVM::LLVMArrayType>(type).getElementType();
  }
  return type;
}

/// How many steps of a position lead to a struct that may be the result of a wgmma and is not all
/// that the position is of.
std::optional<size_t> findAccumulators(EmulatorBuilder &builder, Type container,
                                       ArrayRef<int64_t> position) {
  for (size_t depth = 0; depth < position.size(); ++depth)
    if (builder.accumulators.contains(getTypeAt(container, position.take_front(depth))))
      return depth;
  return std::nullopt;
}

Rewritten lowerUse(EmulatorBuilder &builder, LLVM::ExtractValueOp op) {
  ArrayRef<int64_t> position = op.getPosition();
  auto depth = findAccumulators(builder, op.getContainer().getType(), position);
  if (!depth || position.size() != *depth + 1)
    return Rewritten::No;
  Value container = op.getContainer();
  if (*depth != 0)
    container =
        LLVM::ExtractValueOp::create(builder, op.getLoc(), container, position.take_front(*depth));
  return lowerExtract(builder, op, container, position.back());
}

Rewritten lowerUse(EmulatorBuilder &builder, LLVM::InsertValueOp op) {
  auto depth = findAccumulators(builder, op.getContainer().getType(), op.getPosition());
  if (!depth)
    return Rewritten::No;
  if (*depth != 0)
    return failUnknown(op, " into a part of a struct that holds a result of wgmma");
  if (mayHoldHandle(builder, op.getContainer()))
    op.getContainerMutable().assign(resolve(builder, op, op.getContainer()));
  return Rewritten::Yes;
}

} // namespace

/// Uses of results come before other rewrites: a store needs both.
void mlir::tconv::resolveStoredAccumulators(EmulatorBuilder &builder, LLVM::StoreOp store) {
  if (mayHoldHandle(builder, store.getValue()))
    store.getValueMutable().assign(resolve(builder, store, store.getValue()));
}

Rewritten mlir::tconv::lowerWgmma(EmulatorBuilder &builder, Operation *op) {
  if (auto multiply = dyn_cast<NVVM::WgmmaMmaAsyncOp>(op))
    return lowerMultiply(builder, multiply);
  if (isa<NVVM::WgmmaFenceAlignedOp>(op))
    return lowerSynchronization(builder, op, EmulatorFunction::WarpgroupFence);
  if (isa<NVVM::WgmmaGroupSyncAlignedOp>(op))
    return lowerSynchronization(builder, op, EmulatorFunction::WarpgroupCommit);
  if (auto wait = dyn_cast<NVVM::WgmmaWaitGroupSyncOp>(op))
    return lowerSynchronization(
        builder, op, EmulatorFunction::WarpgroupWait,
        builder.constant32(op->getLoc(), static_cast<int64_t>(wait.getGroup())));
  if (auto extract = dyn_cast<LLVM::ExtractValueOp>(op))
    return lowerUse(builder, extract);
  if (auto insert = dyn_cast<LLVM::InsertValueOp>(op))
    return lowerUse(builder, insert);
  return Rewritten::No;
}
