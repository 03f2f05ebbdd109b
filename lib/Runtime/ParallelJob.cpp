//===- ParallelJob.cpp - The tasks of one parallel loop --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tasks are taken in chunks from a common counter (dynamic self-scheduling): threads that are late,
// or disturbed, take fewer. Nested loops run on the thread that meets them.
//
//===----------------------------------------------------------------------===//

#include "ParallelJob.h"

#include "FailureText.h"

#include "tconv/Runtime/Failure.h"

#include <algorithm>
#include <utility>

using namespace tconv;

/// So many chunks for each thread balance the load to a few percent, at a cost of one
/// atomic operation each. Fewer tasks than that are taken one by one.
static constexpr uint64_t chunksPerThread = 32;

static thread_local bool inside = false;

bool ParallelJob::isInside() { return inside; }

ParallelJob::ParallelJob(ParallelBody body, void *context, int64_t count, int threads)
    : body(body), context(context), count(static_cast<uint64_t>(count)),
      chunk(std::max<uint64_t>(1, this->count / (chunksPerThread * threads))) {}

void ParallelJob::runAll() {
  for (;;) {
    uint64_t begin = next.fetch_add(chunk, std::memory_order_relaxed);
    if (begin >= count)
      return;
    uint64_t end = std::min(begin + chunk, count);
    runRange(static_cast<int64_t>(begin), static_cast<int64_t>(end));
  }
}

void ParallelJob::runRange(int64_t begin, int64_t end) {
  if (failed.load(std::memory_order_relaxed))
    return;
  bool outer = std::exchange(inside, true);
  body(context, begin, end);
  inside = outer;
  if (tconvFailed())
    collectFailure();
}

/// The first failure is kept; it is read after all threads have left the job.
void ParallelJob::collectFailure() {
  char ignored[1];
  bool first = !failed.exchange(true, std::memory_order_relaxed);
  takeFailureText(first ? failure : ignored, first ? sizeof(failure) : sizeof(ignored));
}

void ParallelJob::reportFailure() {
  if (failed.load(std::memory_order_relaxed))
    recordFailureText(failure);
}
