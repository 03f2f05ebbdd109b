//===- Mbarriers.cpp - mbarrier -------------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The forms of each operation on mbarriers become one call: an arrival with and without bytes, a
// test by a phase's number or by its parity, with and without waiting. Bytes that have arrived are
// bytes expected, negative.
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"

#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::SiteKind;

namespace {

constexpr uint64_t mbarrierBytes = 8;

/// Builds the calls for one op, whose mbarrier is at `address`.
class MbarrierCalls {
public:
  MbarrierCalls(EmulatorBuilder &builder, Operation *op, Value pointer)
      : builder(builder), op(op), loc(op->getLoc()), address(builder.address(loc, pointer)),
        site(builder.site(op, SiteKind::Other, pointer.getType(), mbarrierBytes, mbarrierBytes)) {}

  Value orDefault(Value value, int64_t byDefault) {
    if (!value)
      return builder.constant32(loc, byDefault);
    if (value.getType().isInteger(1))
      return LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value);
    return value;
  }

  Rewritten initialize(Value count, Value predicate) {
    builder.call(loc, EmulatorFunction::MbarrierInit, {},
                 {address, count, orDefault(predicate, 1), site});
    return replace(op);
  }
  Rewritten invalidate() {
    builder.call(loc, EmulatorFunction::MbarrierInvalidate, {}, {address, site});
    return replace(op);
  }
  Rewritten arrive(Value count, Value bytes, Value predicate = {}) {
    Value phase = builder.call(
        loc, EmulatorFunction::MbarrierArrive, builder.getI64Type(),
        {address, orDefault(count, 1), orDefault(bytes, 0), orDefault(predicate, 1), site});
    return replace(op, op->getNumResults() ? phase : Value());
  }
  Rewritten expect(Value bytes, bool arrived) {
    bytes = LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), bytes);
    if (arrived)
      bytes = LLVM::SubOp::create(builder, loc, builder.constant64(loc, 0), bytes);
    builder.call(loc, EmulatorFunction::MbarrierExpect, {}, {address, bytes, site});
    return replace(op);
  }
  /// A phase is given by its number in 64 bits, or by its parity in 32.
  Rewritten test(Value phase, bool waits) {
    bool isParity = phase.getType().isInteger(32);
    if (isParity)
      phase = LLVM::ZExtOp::create(builder, loc, builder.getI64Type(), phase);
    Value over = builder.call(
        loc, EmulatorFunction::MbarrierTest, builder.getI32Type(),
        {address, phase, builder.constant32(loc, isParity), builder.constant32(loc, waits), site});
    if (op->getNumResults() == 0)
      return replace(op);
    return replace(op, LLVM::TruncOp::create(builder, loc, builder.getI1Type(), over));
  }
  Rewritten arriveOnCopies(bool counted) {
    builder.call(loc, EmulatorFunction::MbarrierArriveOnCopies, {},
                 {address, builder.constant32(loc, counted), site});
    return replace(op);
  }

private:
  EmulatorBuilder &builder;
  Operation *op;
  Location loc;
  Value address, site;
};

} // namespace

Rewritten mlir::tconv::lowerMbarrier(EmulatorBuilder &builder, Operation *op) {
  auto calls = [&](auto mbarrier) { return MbarrierCalls(builder, op, mbarrier.getAddr()); };
  return llvm::TypeSwitch<Operation *, Rewritten>(op)
      .Case([&](NVVM::MBarrierInitOp init) {
        return calls(init).initialize(init.getCount(), init.getPredicate());
      })
      .Case([&](NVVM::MBarrierInvalOp inval) { return calls(inval).invalidate(); })
      .Case([&](NVVM::MBarrierArriveOp arrive) {
        return calls(arrive).arrive(arrive.getCount(), {});
      })
      .Case([&](NVVM::MBarrierArriveNocompleteOp arrive) {
        return calls(arrive).arrive(arrive.getCount(), {});
      })
      .Case([&](NVVM::MBarrierArriveExpectTxOp arrive) {
        return calls(arrive).arrive({}, arrive.getTxcount(), arrive.getPredicate());
      })
      .Case([&](NVVM::MBarrierExpectTxOp expect) {
        return calls(expect).expect(expect.getTxcount(), /*arrived=*/false);
      })
      .Case([&](NVVM::MBarrierCompleteTxOp complete) {
        return calls(complete).expect(complete.getTxcount(), /*arrived=*/true);
      })
      .Case([&](NVVM::MBarrierTestWaitOp test) {
        return calls(test).test(test.getStateOrPhase(), /*waits=*/false);
      })
      .Case([&](NVVM::MBarrierTryWaitOp wait) {
        return calls(wait).test(wait.getStateOrPhase(), /*waits=*/true);
      })
      .Case([&](NVVM::MBarrierTryWaitParityOp wait) {
        return calls(wait).test(wait.getPhase(), /*waits=*/true);
      })
      .Case([&](NVVM::CpAsyncMBarrierArriveOp arrive) {
        return calls(arrive).arriveOnCopies(arrive.getNoinc());
      })
      .Default(Rewritten::No);
}
