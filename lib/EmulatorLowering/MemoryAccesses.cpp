//===- MemoryAccesses.cpp - Loads and stores that are checked -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %v = llvm.load %p : !llvm.ptr<1> -> f32
//
// becomes
//
//   %address = llvm.ptrtoint %p : !llvm.ptr<1> to i64
//   llvm.call @tconvEmuAccess(%address, %site) : (i64, !llvm.ptr) -> ()
//   %v = llvm.load %p : !llvm.ptr<1> -> f32
//
// The address spaces go when all ops are rewritten.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SiteKind;

namespace {

struct Access {
  Value pointer;
  Type type;
  uint64_t alignment;
  SiteKind kind;
};

std::optional<Access> getAccess(Operation *op) {
  return llvm::TypeSwitch<Operation *, std::optional<Access>>(op)
      .Case([](LLVM::LoadOp load) {
        return Access{load.getAddr(), load.getType(), load.getAlignment().value_or(0),
                      SiteKind::Load};
      })
      .Case([](LLVM::StoreOp store) {
        return Access{store.getAddr(), store.getValue().getType(), store.getAlignment().value_or(0),
                      SiteKind::Store};
      })
      .Case([](LLVM::AtomicRMWOp atomic) {
        return Access{atomic.getPtr(), atomic.getVal().getType(), atomic.getAlignment().value_or(0),
                      SiteKind::Atomic};
      })
      .Case([](LLVM::AtomicCmpXchgOp atomic) {
        return Access{atomic.getPtr(), atomic.getVal().getType(), atomic.getAlignment().value_or(0),
                      SiteKind::Atomic};
      })
      .Default(std::nullopt);
}

/// What a load or a store touches. In an array, a vector of three elements takes as much as one of
/// four; in an access it does not.
uint64_t getAccessedBytes(const DataLayout &layout, Type type) {
  auto vector = dyn_cast<VectorType>(type);
  if (!vector || !vector.getElementType().isIntOrFloat())
    return layout.getTypeSize(type);
  return llvm::divideCeil(vector.getNumElements() * vector.getElementTypeBitWidth(), 8);
}

/// A whole variable of the thread itself, of which the compiler makes a register.
bool isOwnVariable(Value pointer, Type type) {
  auto variable = pointer.getDefiningOp<LLVM::AllocaOp>();
  return variable && variable.getElemType() == type;
}

/// memcpy, memmove and memset: one or two ranges whose size is an operand.
Rewritten lowerRanges(EmulatorBuilder &builder, Operation *op) {
  auto check = [&](Value pointer, Value bytes, SiteKind kind) {
    Location loc = op->getLoc();
    if (bytes.getType().isInteger(32))
      bytes = LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), bytes);
    Value site = builder.site(op, kind, pointer.getType());
    builder.call(loc, EmulatorFunction::AccessRange, {},
                 {builder.address(loc, pointer), bytes, site});
  };
  if (isa<LLVM::MemcpyOp, LLVM::MemmoveOp>(op)) {
    check(op->getOperand(0), op->getOperand(2), SiteKind::Store);
    check(op->getOperand(1), op->getOperand(2), SiteKind::Load);
    return Rewritten::Yes;
  }
  if (isa<LLVM::MemsetOp>(op)) {
    check(op->getOperand(0), op->getOperand(2), SiteKind::Store);
    return Rewritten::Yes;
  }
  return Rewritten::No;
}

} // namespace

Rewritten mlir::tconv::lowerMemoryAccess(EmulatorBuilder &builder, Operation *op) {
  if (auto cast = dyn_cast<LLVM::AddrSpaceCastOp>(op))
    return replace(op, cast.getArg());
  std::optional<Access> access = getAccess(op);
  if (!access)
    return lowerRanges(builder, op);
  if (isOwnVariable(access->pointer, access->type))
    return Rewritten::Yes;
  DataLayout layout = DataLayout::closest(op);
  uint64_t bytes = getAccessedBytes(layout, access->type);
  uint64_t alignment = access->alignment ? access->alignment : getNaturalAlignment(access->type);
  Location loc = op->getLoc();
  Value site = builder.site(op, access->kind, access->pointer.getType(), bytes, alignment);
  builder.call(loc, EmulatorFunction::Access, {}, {builder.address(loc, access->pointer), site});
  return Rewritten::Yes;
}
