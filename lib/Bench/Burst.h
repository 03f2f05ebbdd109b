//===- Burst.h - Short measurements -----------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_BURST_H
#define TCONV_LIB_BENCH_BURST_H

#include <functional>

namespace tconv::bench {

/// Seconds of a clock that only goes forward.
double now();

/// Runs `work(thread)` in so many threads that start together, and gives the seconds
/// from the first start to the last end. What `work` returns counts as used.
double timeInParallel(int threads, const std::function<double(int)> &work);

/// Repeats a measurement for some seconds, at least three times, and gives the
/// smallest result.
double bestTime(double seconds, const std::function<double()> &measure);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_BURST_H
