//===- Chains.h - Partial sums that do not wait for each other --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A multiply-add waits for the one before it on the same sum. A tile of few sums takes several
// chains: each sum has a partial sum for every second or fourth step, and they are added up at the
// end.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHAINS_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHAINS_H

#include "../../Layers/Emitter.h"

namespace mlir::tconv {

/// How many chains, a power of two and at most so many steps, hide the latency of a multiply-add
/// for a tile of so many sums.
int64_t numChains(int64_t sums, int64_t steps);

/// Adds up chains of as many sums each, which stand one behind the other.
SmallVector<Value> addChains(Emitter &b, SmallVector<Value> partial, int64_t chains);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHAINS_H
