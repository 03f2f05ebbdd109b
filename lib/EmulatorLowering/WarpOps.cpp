//===- WarpOps.cpp - Shuffles, votes and the like -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A shuffle, vote, reduction, match or election becomes one call of the emulator, which collects
// the lanes; a second result, whether the first is valid, comes back through memory.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::ShuffleKind;
using ::tconv::VoteKind;
using ::tconv::WarpReduction;

namespace {

Value isNotZero(EmulatorBuilder &builder, Location loc, Value number) {
  return LLVM::TruncOp::create(builder, loc, builder.getI1Type(), number);
}

/// A struct of a result and whether it is valid, the form in which NVVM returns both.
Value pair(EmulatorBuilder &builder, Location loc, Type type, Value value, Value valid) {
  Value result = LLVM::PoisonOp::create(builder, loc, type);
  result = LLVM::InsertValueOp::create(builder, loc, result, value, ArrayRef<int64_t>{0});
  valid = LLVM::LoadOp::create(builder, loc, builder.getI32Type(), valid);
  return LLVM::InsertValueOp::create(builder, loc, result, isNotZero(builder, loc, valid),
                                     ArrayRef<int64_t>{1});
}

ShuffleKind getKind(NVVM::ShflKind kind) {
  switch (kind) {
  case NVVM::ShflKind::bfly:
    return ShuffleKind::Xor;
  case NVVM::ShflKind::up:
    return ShuffleKind::Up;
  case NVVM::ShflKind::down:
    return ShuffleKind::Down;
  case NVVM::ShflKind::idx:
    return ShuffleKind::Index;
  }
  llvm_unreachable("not a kind of shuffle");
}

Rewritten lowerShuffle(EmulatorBuilder &builder, NVVM::ShflOp op) {
  Location loc = op.getLoc();
  Value value = op.getVal();
  Type type = value.getType();
  bool isFloat = type.isF32();
  if (isFloat)
    value = LLVM::BitcastOp::create(builder, loc, builder.getI32Type(), value);
  Value kind = builder.constant32(loc, static_cast<int64_t>(getKind(op.getKind())));
  Value valid = builder.slot(op, 0, 4);
  Value result = builder.call(loc, EmulatorFunction::Shuffle, builder.getI32Type(),
                              {kind, op.getThreadMask(), value, op.getOffset(),
                               op.getMaskAndClamp(), valid, builder.site(op)});
  if (isFloat)
    result = LLVM::BitcastOp::create(builder, loc, type, result);
  if (op.getReturnValueAndIsValid())
    result = pair(builder, loc, op.getType(), result, valid);
  return replace(op, result);
}

VoteKind getKind(NVVM::VoteSyncKind kind) {
  switch (kind) {
  case NVVM::VoteSyncKind::any:
    return VoteKind::Any;
  case NVVM::VoteSyncKind::all:
    return VoteKind::All;
  case NVVM::VoteSyncKind::ballot:
    return VoteKind::Ballot;
  case NVVM::VoteSyncKind::uni:
    return VoteKind::Uniform;
  }
  llvm_unreachable("not a kind of vote");
}

Rewritten lowerVote(EmulatorBuilder &builder, NVVM::VoteSyncOp op) {
  Location loc = op.getLoc();
  Value kind = builder.constant32(loc, static_cast<int64_t>(getKind(op.getKind())));
  Value predicate = LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), op.getPred());
  Value result = builder.call(loc, EmulatorFunction::Vote, builder.getI32Type(),
                              {kind, op.getMask(), predicate, builder.site(op)});
  if (op.getType().isInteger(1))
    result = isNotZero(builder, loc, result);
  return replace(op, result);
}

std::optional<WarpReduction> getKind(NVVM::ReduxKind kind) {
  switch (kind) {
  case NVVM::ReduxKind::ADD:
    return WarpReduction::Add;
  case NVVM::ReduxKind::AND:
    return WarpReduction::And;
  case NVVM::ReduxKind::OR:
    return WarpReduction::Or;
  case NVVM::ReduxKind::XOR:
    return WarpReduction::Xor;
  case NVVM::ReduxKind::MIN:
    return WarpReduction::Min;
  case NVVM::ReduxKind::MAX:
    return WarpReduction::Max;
  case NVVM::ReduxKind::UMIN:
    return WarpReduction::UnsignedMin;
  case NVVM::ReduxKind::UMAX:
    return WarpReduction::UnsignedMax;
  default:
    return std::nullopt;
  }
}

Rewritten lowerReduction(EmulatorBuilder &builder, NVVM::ReduxOp op) {
  std::optional<WarpReduction> kind = getKind(op.getKind());
  if (!kind)
    return failUnknown(op, " of floats");
  Location loc = op.getLoc();
  return replace(op, builder.call(loc, EmulatorFunction::Reduce, builder.getI32Type(),
                                  {builder.constant32(loc, static_cast<int64_t>(*kind)),
                                   op.getMaskAndClamp(), op.getVal(), builder.site(op)}));
}

Rewritten lowerMatch(EmulatorBuilder &builder, NVVM::MatchSyncOp op) {
  Location loc = op.getLoc();
  bool all = op.getKind() == NVVM::MatchSyncKind::all;
  Value value = op.getVal();
  if (value.getType().isInteger(32))
    value = LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), value);
  Value valid = builder.slot(op, 0, 4);
  Value result = builder.call(
      loc, EmulatorFunction::Match, builder.getI32Type(),
      {builder.constant32(loc, all), op.getThreadMask(), value, valid, builder.site(op)});
  return replace(op, all ? pair(builder, loc, op.getType(), result, valid) : result);
}

} // namespace

Rewritten mlir::tconv::lowerWarpOp(EmulatorBuilder &builder, Operation *op) {
  if (auto shuffle = dyn_cast<NVVM::ShflOp>(op))
    return lowerShuffle(builder, shuffle);
  if (auto vote = dyn_cast<NVVM::VoteSyncOp>(op))
    return lowerVote(builder, vote);
  if (auto reduction = dyn_cast<NVVM::ReduxOp>(op))
    return lowerReduction(builder, reduction);
  if (auto match = dyn_cast<NVVM::MatchSyncOp>(op))
    return lowerMatch(builder, match);
  if (auto elect = dyn_cast<NVVM::ElectSyncOp>(op)) {
    Location loc = op->getLoc();
    Value mask = elect.getMembermask() ? elect.getMembermask() : builder.constant32(loc, -1);
    Value result =
        builder.call(loc, EmulatorFunction::Elect, builder.getI32Type(), {mask, builder.site(op)});
    return replace(op, isNotZero(builder, loc, result));
  }
  return Rewritten::No;
}
