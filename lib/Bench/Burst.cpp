//===- Burst.cpp - Short measurements -------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Threads wait for the last one in a loop, not asleep, so that all begin within a microsecond; the
// time is that from the first begin to the last end.
//
//===----------------------------------------------------------------------===//

#include "Burst.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

using namespace tconv;

double bench::now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

namespace {

struct Span {
  double begin = 0;
  double end = 0;
  double result = 0;
};

void measure(Span &span, int thread, const std::function<double(int)> &work) {
  span.begin = bench::now();
  span.result = work(thread);
  span.end = bench::now();
}

} // namespace

double bench::timeInParallel(int threads, const std::function<double(int)> &work) {
  std::vector<Span> spans(threads);
  std::atomic<int> waiting = threads - 1;
  std::vector<std::thread> others;
  for (int thread = 1; thread < threads; ++thread)
    others.emplace_back([&, thread] {
      --waiting;
      while (waiting > 0)
        std::this_thread::yield();
      measure(spans[thread], thread, work);
    });
  while (waiting > 0)
    std::this_thread::yield();
  measure(spans[0], 0, work);
  for (std::thread &other : others)
    other.join();
  double begin = spans[0].begin, end = spans[0].end;
  for (const Span &span : spans) {
    begin = std::min(begin, span.begin);
    end = std::max(end, span.end);
  }
  return end - begin;
}

double bench::bestTime(double seconds, const std::function<double()> &measure) {
  double end = now() + seconds;
  double best = measure();
  for (int times = 1; times < 3 || now() < end; ++times)
    best = std::min(best, measure());
  return best;
}
