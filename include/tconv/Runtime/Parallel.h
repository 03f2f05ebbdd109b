//===- Parallel.h - Running tasks on several threads ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What parallel loops of compiled code call. No LLVM or MLIR is needed.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_PARALLEL_H
#define TCONV_RUNTIME_PARALLEL_H

#include <cstdint>

extern "C" {

/// Called by compiled code: runs `body` over disjoint ranges [begin, end) that together
/// are [0, count), on the calling thread and on others, and returns when all of it is
/// done. A failure that `body` records on any thread (Failure.h) becomes one of the
/// calling thread's, and then tasks that have not begun are left out. Nested calls, and
/// calls while another thread uses the pool, run on the calling thread alone. `body`
/// must neither throw nor fork.
void tconvParallelFor(void (*body)(void *context, int64_t begin, int64_t end), void *context,
                      int64_t count);
}

namespace tconv {

/// The number of threads, this one included, that calls of tconvParallelFor from this
/// thread use at most; 0, as at the start, is defaultNumThreads() (Threads.h), which is
/// asked for once.
void setNumThreads(int number);

/// The number of threads that a call from this thread would use at most, at least 1.
int getNumThreads();

using ParallelBody = void (*)(void *context, int64_t begin, int64_t end);

/// A pool of the host's: must run `body` over disjoint ranges that together are
/// [0, count), on at most `threads` threads, and return when all are done.
using ParallelHook = void (*)(void *pool, ParallelBody body, void *context, int64_t count,
                              int threads);

/// Runs what has more than one task on `hook` from now on, instead of the pool of the
/// runtime; null goes back to that. Not to be called while compiled code runs.
void setParallelFor(ParallelHook hook, void *pool = nullptr);

} // namespace tconv

#endif // TCONV_RUNTIME_PARALLEL_H
