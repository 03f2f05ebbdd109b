//===- ScalarChecks.cpp - Transfers of vectors, and divisions -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"
#include "Checks.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// That what a transfer claims to be inside of a tensor or a buffer is. Elements behind the end
/// are left out of a transfer that does not claim it.
void checkTransfer(VectorTransferOpInterface op) {
  CheckEmitter emitter(op);
  SmallVector<int64_t> lengths(op.getShapedType().getRank(), 1);
  for (auto [number, index] : llvm::enumerate(op.getPermutationMap().getResults()))
    if (auto dim = dyn_cast<AffineDimExpr>(index))
      lengths[dim.getPosition()] =
          op.isDimInBounds(number) ? op.getVectorType().getDimSize(number) : 0;
  for (auto [dim, value] : llvm::enumerate(op.getIndices())) {
    IndexExpr index = emitter.number(value), size = emitter.sizeOf(op.getBase(), dim);
    CheckEmitter::Condition inside =
        emitter.compare(CheckEmitter::Predicate::sge, index, IndexExpr(0));
    if (lengths[dim])
      inside = emitter.both(inside, emitter.compare(CheckEmitter::Predicate::sle, index,
                                                    size - IndexExpr(lengths[dim])));
    emitter.check(inside, "expected " + Twine(lengths[dim]) + " elements from index " +
                              describe(index) + " on within the size " + describe(size) +
                              " in dimension " + Twine(dim));
  }
}

/// Processors end the program at a division by zero.
void checkDivision(Operation *op) {
  Type type = op->getResult(0).getType();
  if (!type.isIndex())
    return;
  CheckEmitter emitter(op);
  emitter.check(
      emitter.compare(CheckEmitter::Predicate::ne, emitter.number(op->getOperand(1)), IndexExpr(0)),
      "expected a divisor other than 0");
}

} // namespace

void mlir::tconv::emitScalarChecks(Operation *op) {
  if (auto transfer = dyn_cast<VectorTransferOpInterface>(op))
    checkTransfer(transfer);
  else if (isa<arith::DivSIOp, arith::DivUIOp, arith::RemSIOp, arith::RemUIOp, arith::CeilDivSIOp,
               arith::CeilDivUIOp, arith::FloorDivSIOp>(op))
    checkDivision(op);
}
