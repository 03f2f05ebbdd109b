//===- ThreadPool.cpp - The threads of the process -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ThreadPool.h"

#include "Waiting.h"

#include "tconv/Runtime/Threads.h"

#include <algorithm>
#include <csignal>
#include <new>
#include <pthread.h>

using namespace tconv;

namespace {

// The fields of the gate.
constexpr uint32_t oneInside = 1, insideMask = (1 << 15) - 1;
constexpr uint32_t onePlace = 1 << 15, placesMask = insideMask << 15;
constexpr uint32_t callerSleeps = uint32_t(1) << 31;

/// Far more than any machine has processors, and within the gate's fields.
constexpr int maxWorkers = 4095;

// Never destroyed, since workers outlive main.
constinit ThreadPool pool;
static_assert(std::is_trivially_destructible_v<ThreadPool>);

/// Signals are for the host's threads.
class BlockedSignals {
public:
  BlockedSignals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &previous);
  }
  ~BlockedSignals() { pthread_sigmask(SIG_SETMASK, &previous, nullptr); }

private:
  sigset_t previous;
};

} // namespace

ThreadPool &ThreadPool::instance() { return pool; }

bool ThreadPool::run(ParallelJob &newJob, int threads) {
  if (inUse.load(std::memory_order_relaxed) || inUse.exchange(true, std::memory_order_acquire))
    return false;
  int wanted = std::min(threads - 1, maxWorkers);
  if (workers < wanted)
    createWorkers(wanted);
  int places = std::min(wanted, workers);
  crowded.store(places >= processors, std::memory_order_relaxed);
  open(newJob, static_cast<uint32_t>(places));
  newJob.runAll();
  close();
  inUse.store(false, std::memory_order_release);
  return true;
}

void ThreadPool::createWorkers(int number) {
  // The threads of the parent do not exist in a child process, and who used the pool
  // there does not use it here.
  static const int registered = pthread_atfork(nullptr, nullptr, [] { new (&pool) ThreadPool(); });
  (void)registered;
  processors = numProcessors();
  BlockedSignals signals;
  while (workers < number && createWorker())
    ++workers;
}

/// False if the system has no thread left; there are fewer workers then.
bool ThreadPool::createWorker() {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  int error = pthread_create(&thread, &attributes, startWorker, this);
  pthread_attr_destroy(&attributes);
  return error == 0;
}

void *ThreadPool::startWorker(void *pool) { static_cast<ThreadPool *>(pool)->work(); }

void ThreadPool::work() {
  for (;;) {
    // Before the gate is tried: a job that is opened after that changes the epoch.
    uint32_t seen = epoch.load(std::memory_order_acquire);
    if (enter()) {
      job.load(std::memory_order_relaxed)->runAll();
      leave();
    }
    awaitJob(seen);
  }
}

void ThreadPool::open(ParallelJob &newJob, uint32_t places) {
  job.store(&newJob, std::memory_order_relaxed);
  gate.store(places * onePlace, std::memory_order_release);
  epoch.fetch_add(1);
  // Sequentially consistent like the worker's: either it sees the new epoch, or it is
  // seen to sleep here.
  if (sleepers.load() > 0)
    wake(epoch, static_cast<int>(places));
}

void ThreadPool::close() {
  gate.fetch_and(insideMask, std::memory_order_relaxed);
  Spinning spinning(crowded.load(std::memory_order_relaxed));
  uint32_t now;
  while ((now = gate.load(std::memory_order_acquire)) & insideMask) {
    if (spinning.goOn())
      continue;
    if ((now & callerSleeps) || gate.compare_exchange_weak(now, now | callerSleeps))
      sleepWhileEqual(gate, now | callerSleeps);
  }
}

/// Whether there was a place left in the current job. The job then lasts until leave().
bool ThreadPool::enter() {
  uint32_t now = gate.load(std::memory_order_relaxed);
  while (now & placesMask)
    if (gate.compare_exchange_weak(now, now - onePlace + oneInside, std::memory_order_acquire))
      return true;
  return false;
}

void ThreadPool::leave() {
  uint32_t before = gate.fetch_sub(oneInside, std::memory_order_release);
  if (before == (callerSleeps | oneInside))
    wake(gate, 1);
}

void ThreadPool::awaitJob(uint32_t seen) {
  Spinning spinning(crowded.load(std::memory_order_relaxed));
  while (epoch.load(std::memory_order_acquire) == seen) {
    if (spinning.goOn())
      continue;
    sleepers.fetch_add(1);
    sleepWhileEqual(epoch, seen);
    sleepers.fetch_sub(1);
  }
}
