//===- Artefact.cpp - What a compiled layer brings along --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The runtime of one artefact of tconv-compile, with the thread pool of lib/Runtime.
// It is compiled to LLVM bitcode when tconv is built, and linked into each artefact,
// where nothing but the functions of the header can be seen. It may use the C library,
// but not that of C++.
//
//===----------------------------------------------------------------------===//

#include "Artefact.h"

#include "../CachingAllocator.h"
#include "../FailureText.h"
#include "../ParallelJob.h"
#include "../ThreadPool.h"

#include "tconv/Runtime/CompilerSupport.h"
#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Threads.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace tconv;

namespace {

struct Failure {
  bool pending;
  char message[1024];
};
thread_local Failure failure;

TconvArtefactHook hook = nullptr;
void *hookPool = nullptr;

/// The processors, or TCONV_NUM_THREADS; asked for once.
int defaultThreads() {
  static std::atomic<int> known{0};
  int threads = known.load(std::memory_order_relaxed);
  if (threads == 0)
    known.store(threads = defaultNumThreads(), std::memory_order_relaxed);
  return threads;
}

/// What a pool of the host's calls.
void runForHook(void *job, int64_t begin, int64_t end) {
  static_cast<ParallelJob *>(job)->runRange(begin, end);
}

} // namespace

std::atomic<int> tconvArtefactThreads{1};

void tconvArtefactSetThreads(int threads) {
  tconvArtefactThreads.store(std::max(threads, 0), std::memory_order_relaxed);
}

void tconvArtefactSetParallelFor(TconvArtefactHook newHook, void *pool) {
  hook = newHook;
  hookPool = pool;
}

const char *tconvArtefactError() { return failure.message; }

void tconvArtefactBegin() {
  failure.pending = false;
  failure.message[0] = 0;
}

void tconvArtefactFail(const char *message) { recordFailureText(message); }

int tconvArtefactEnd() { return failure.pending; }

void tconv::recordFailureText(const char *text) {
  if (failure.pending)
    return;
  std::snprintf(failure.message, sizeof(failure.message), "%s", text);
  failure.pending = true;
}

bool tconv::takeFailureText(char *text, size_t size) {
  if (!failure.pending)
    return false;
  std::snprintf(text, size, "%s", failure.message);
  tconvArtefactBegin();
  return true;
}

bool tconvCheck(bool holds, const char *message) {
  if (!holds)
    recordFailureText(message);
  return !holds;
}

bool tconvFailed() { return failure.pending; }

// Not inlined: LLVM takes it for granted that a malloc succeeds whose memory it does away
// with, and a layer would begin to work on what it has no room for.
[[gnu::noinline]] void *tconvAllocate(int64_t bytes) {
  void *memory = bytes < 0 ? nullptr : allocateKept(static_cast<size_t>(bytes));
  if (!memory && !failure.pending) {
    std::snprintf(failure.message, sizeof(failure.message),
                  "not enough memory for an intermediate: %lld bytes needed",
                  static_cast<long long>(bytes));
    failure.pending = true;
  }
  return memory;
}

void tconvFree(void *memory) { freeKept(memory); }

void tconvParallelFor(ParallelBody body, void *context, int64_t count) {
  if (count <= 0)
    return;
  int wanted = tconvArtefactThreads.load(std::memory_order_relaxed);
  auto threads = static_cast<int>(std::min<int64_t>(count, wanted > 0 ? wanted : defaultThreads()));
  if (ParallelJob::isInside() || (threads == 1 && !hook) || count == 1)
    return body(context, 0, count);
  ParallelJob job(body, context, count, threads);
  if (hook)
    hook(hookPool, runForHook, &job, count);
  else if (!ThreadPool::instance().run(job, threads))
    return body(context, 0, count);
  job.reportFailure();
}

// Called by machine code that LLVM makes after it has looked for unused functions.
extern "C" {
[[gnu::used]] float __truncsfbf2(float value) { return tconvTruncateFloatToBfloat16(value); }
[[gnu::used]] float __truncdfbf2(double value) { return tconvTruncateDoubleToBfloat16(value); }
}
