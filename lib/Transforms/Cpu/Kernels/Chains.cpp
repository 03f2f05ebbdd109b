//===- Chains.cpp - Partial sums that do not wait for each other ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: test/Transforms/Cpu/lower-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "Chains.h"

using namespace mlir;
using namespace mlir::tconv;

/// Sums that must be in flight to hide the latency of a multiply-add: two units, four
/// cycles (Zen 3 and 4, Skylake and later).
static constexpr int64_t sumsInFlight = 8;

int64_t mlir::tconv::numChains(int64_t sums, int64_t steps) {
  int64_t chains = 1;
  while (chains * sums < sumsInFlight && 2 * chains <= steps)
    chains *= 2;
  return chains;
}

SmallVector<Value> mlir::tconv::addChains(Emitter &b, SmallVector<Value> partial, int64_t chains) {
  for (; chains > 1; chains /= 2) {
    const size_t half = partial.size() / 2;
    for (size_t sum = 0; sum < half; ++sum)
      partial[sum] = isa<FloatType>(getElementTypeOrSelf(partial[sum].getType()))
                         ? Value(arith::AddFOp::create(b, partial[sum], partial[sum + half]))
                         : Value(arith::AddIOp::create(b, partial[sum], partial[sum + half]));
    partial.truncate(half);
  }
  return partial;
}
