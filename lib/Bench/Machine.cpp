//===- Machine.cpp - What this machine could do at best -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Chooses what to measure, and remembers it.
//
//===----------------------------------------------------------------------===//

#include "tconv/Bench/Machine.h"

#include "Burst.h"
#include "CopyLoop.h"
#include "PeakLoop.h"

#include <algorithm>
#include <fstream>

using namespace tconv;
using namespace tconv::bench;

namespace {

constexpr int64_t smallestCopy = int64_t(1) << 18;
constexpr int64_t largestCopy = int64_t(1) << 28;
constexpr double copySeconds = 0.05;

std::string readProcessorName() {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);)
    if (size_t colon = line.find(": "); line.starts_with("model name") && colon != line.npos)
      return line.substr(colon + 2);
  return "unknown";
}

/// The number of iterations that takes some milliseconds: long beside starting threads,
/// short beside what disturbs.
int64_t calibrate(const PeakLoop &loop) {
  constexpr double enough = 3e-3;
  int64_t iterations = 1 << 12;
  while (timeInParallel(1, [&](int) { return loop.run(iterations); }) < enough)
    iterations *= 2;
  return iterations;
}

} // namespace

Machine::Machine(int threads) : numThreads(threads), processorName(readProcessorName()) {}

double Machine::measurePeak(ElementType type, double seconds) {
  PeakLoop loop = bestPeakLoop(type);
  int64_t iterations = calibrate(loop);
  double best = bestTime(seconds, [&] {
    return timeInParallel(numThreads, [&](int) { return loop.run(iterations); });
  });
  double rate = loop.operations * static_cast<double>(iterations) * numThreads / best;
  PeakRate &peak = peaks[type];
  peak.instructions = loop.instructions;
  peak.operationsPerSecond = std::max(peak.operationsPerSecond, rate);
  return rate;
}

PeakRate Machine::peak(ElementType type) {
  if (peaks.find(type) == peaks.end())
    measurePeak(type);
  return peaks[type];
}

double Machine::copyRate(double workingSet) {
  int64_t bytes = smallestCopy;
  while (bytes < largestCopy && static_cast<double>(bytes) < workingSet)
    bytes *= 2;
  auto [rate, isNew] = copyRates.try_emplace(bytes, 0);
  if (isNew)
    rate->second = measureCopyRate(bytes, numThreads, copySeconds);
  return rate->second;
}
