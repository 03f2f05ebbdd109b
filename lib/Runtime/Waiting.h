//===- Waiting.h - Waiting for another thread ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_WAITING_H
#define TCONV_LIB_RUNTIME_WAITING_H

#include <atomic>
#include <cstdint>

namespace tconv {

/// How long to wait without sleeping: at first for something that takes about as long
/// as a task, then more politely, since others may need the processor.
class Spinning {
public:
  /// `crowded`: there is no processor to spare, so be polite from the beginning.
  explicit Spinning(bool crowded) : crowded(crowded) {}

  /// Passes a moment, unless it is time to sleep.
  bool goOn();

private:
  bool crowded;
  uint32_t rounds = 0;
  int64_t start = 0; // ns
};

/// Sleeps unless `word` has another value than `value`, until woken, or for no reason.
void sleepWhileEqual(std::atomic<uint32_t> &word, uint32_t value);

/// Wakes up to `threads` threads that sleep on `word`.
void wake(std::atomic<uint32_t> &word, int threads);

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_WAITING_H
