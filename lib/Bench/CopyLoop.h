//===- CopyLoop.h - How fast memory can be copied ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_COPYLOOP_H
#define TCONV_LIB_BENCH_COPYLOOP_H

#include <cstdint>

namespace tconv::bench {

/// Bytes read and written a second when threads copy one half of `workingSet` bytes, a
/// power of two, to the other half: the better of ordinary stores and of stores that
/// pass by the caches. 0 if there is not enough memory.
double measureCopyRate(int64_t workingSet, int threads, double seconds);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_COPYLOOP_H
