//===- Parallel.cpp - Running tasks on several threads ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Parallel.h"

#include "ParallelJob.h"
#include "ThreadPool.h"

#include "tconv/Runtime/Threads.h"

#include <algorithm>

using namespace tconv;

namespace {

thread_local int requestedThreads = 0;

ParallelHook parallelHook = nullptr;
void *hookPool = nullptr;

/// What a pool of the host's calls.
void runForHook(void *job, int64_t begin, int64_t end) {
  static_cast<ParallelJob *>(job)->runRange(begin, end);
}

} // namespace

void tconvParallelFor(ParallelBody body, void *context, int64_t count) {
  if (count <= 0)
    return;
  auto threads = static_cast<int>(std::min<int64_t>(count, getNumThreads()));
  if (threads == 1 || ParallelJob::isInside())
    return body(context, 0, count);
  ParallelJob job(body, context, count, threads);
  if (parallelHook)
    parallelHook(hookPool, runForHook, &job, count, threads);
  else if (!ThreadPool::instance().run(job, threads))
    return body(context, 0, count);
  job.reportFailure();
}

void tconv::setNumThreads(int number) { requestedThreads = number; }

int tconv::getNumThreads() {
  static const int byDefault = defaultNumThreads();
  return requestedThreads > 0 ? requestedThreads : byDefault;
}

void tconv::setParallelFor(ParallelHook hook, void *pool) {
  parallelHook = hook;
  hookPool = pool;
}
