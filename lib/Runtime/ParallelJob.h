//===- ParallelJob.h - The tasks of one parallel loop --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_PARALLELJOB_H
#define TCONV_LIB_RUNTIME_PARALLELJOB_H

#include "tconv/Runtime/Parallel.h"

#include <atomic>

namespace tconv {

/// One call of tconvParallelFor: hands out its tasks to the threads that take part, and
/// keeps the first failure.
class ParallelJob {
public:
  ParallelJob(ParallelBody body, void *context, int64_t count, int threads);

  /// Whether this thread is running tasks right now.
  static bool isInside();

  /// Takes and runs tasks until none is left.
  void runAll();

  /// Runs given tasks, unless one has failed.
  void runRange(int64_t begin, int64_t end);

  /// Makes a failure of any thread one of this thread, after the job is done.
  void reportFailure();

private:
  /// Takes this thread's failure, if there is one.
  void collectFailure();

  ParallelBody body;
  void *context;
  uint64_t count;
  /// How many tasks are taken at a time.
  uint64_t chunk;
  std::atomic<bool> failed{false};
  /// The message of the first failure. A longer one is cut off.
  char failure[1024];
  /// The first task not yet taken. On its own cache line, since all threads write it.
  alignas(64) std::atomic<uint64_t> next{0};
};

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_PARALLELJOB_H
