//===- Waiting.cpp - Waiting for another thread ----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Spin, then yield, then sleep on a futex: loops of a layer follow each other within microseconds,
// less than it takes to wake a thread, and a network that is done must not keep processors busy.
//
//===----------------------------------------------------------------------===//

#include "Waiting.h"

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

using namespace tconv;

namespace {

/// The time between two loops of a layer, or two layers of a network, that no worker
/// should fall asleep in. Waking it up costs 5 to 50 us.
constexpr int64_t patience = 150'000; // ns

/// Pauses between two looks at the clock, which take 1 to 5 us.
constexpr uint32_t roundsPerLook = 64;

/// Looks at the clock before the processor is offered to others, each time.
constexpr uint32_t looksInPeace = 8;

/// Where a waiting thread gives up its processor at once, it does so this often before
/// it sleeps.
constexpr uint32_t crowdedRounds = 8;

void relax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("isb" ::: "memory");
#endif
}

/// Of a clock that only goes on.
int64_t nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * int64_t(1'000'000'000) + now.tv_nsec;
}

long futex(std::atomic<uint32_t> &word, int operation, uint32_t value) {
  static_assert(sizeof(word) == sizeof(uint32_t) && std::atomic<uint32_t>::is_always_lock_free);
  return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, nullptr, nullptr, 0);
}

} // namespace

bool Spinning::goOn() {
  ++rounds;
  if (crowded) {
    if (rounds > crowdedRounds)
      return false;
    sched_yield();
    return true;
  }
  relax();
  if (rounds % roundsPerLook != 0)
    return true;
  int64_t now = nanoseconds();
  if (rounds == roundsPerLook)
    start = now;
  if (rounds > looksInPeace * roundsPerLook)
    sched_yield();
  return now - start < patience;
}

void tconv::sleepWhileEqual(std::atomic<uint32_t> &word, uint32_t value) {
  futex(word, FUTEX_WAIT, value);
}

void tconv::wake(std::atomic<uint32_t> &word, int threads) { futex(word, FUTEX_WAKE, threads); }
