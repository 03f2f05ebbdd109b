//===- ThreadPool.h - The threads of the process -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One caller at a time uses the pool. It publishes a job, opens the gate for as many
// workers as it asked for, works itself, closes the gate when no task is left and waits
// for those who are still inside. A worker that wakes up too late finds the gate closed
// and is not waited for.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_THREADPOOL_H
#define TCONV_LIB_RUNTIME_THREADPOOL_H

#include "ParallelJob.h"

#include <atomic>

namespace tconv {

class ThreadPool {
public:
  /// The only one of the process; a child process begins with one without workers.
  static ThreadPool &instance();

  constexpr ThreadPool() = default;

  /// Runs a job on this thread and up to `threads` - 1 others. False, and nothing has
  /// been run, if the pool is in use.
  bool run(ParallelJob &job, int threads);

private:
  void createWorkers(int number);
  bool createWorker();
  static void *startWorker(void *pool);
  [[noreturn]] void work();

  void open(ParallelJob &job, uint32_t places);
  void close();
  bool enter();
  void leave();
  void awaitJob(uint32_t seen);

  std::atomic<bool> inUse{false};
  /// Written by who uses the pool only.
  int workers = 0;
  int processors = 0;

  // What threads write at different times is on different cache lines.

  /// Counts the jobs; workers wait for it to change. `sleepers` of them have given up
  /// spinning and have to be woken.
  alignas(64) std::atomic<uint32_t> epoch{0};
  std::atomic<int32_t> sleepers{0};
  std::atomic<ParallelJob *> job{nullptr};
  /// More threads than processors: whoever waits keeps another one from working.
  std::atomic<bool> crowded{false};
  /// The number of workers inside, of those who may still enter, and whether the caller
  /// sleeps until the last one has left.
  alignas(64) std::atomic<uint32_t> gate{0};
};

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_THREADPOOL_H
