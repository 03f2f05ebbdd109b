//===- Machine.h - What this machine could do at best -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two limits of a roofline, measured in the process that is compared with them: the
// rate of multiply-adds and the rate at which memory can be copied.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_BENCH_MACHINE_H
#define TCONV_BENCH_MACHINE_H

#include "tconv/HostTensor/ElementType.h"

#include <cstdint>
#include <map>
#include <string>

namespace tconv::bench {

/// A rate of multiply-adds, each counted as two operations.
struct PeakRate {
  /// The instructions that reach it.
  std::string instructions;
  double operationsPerSecond = 0;
};

/// This machine, used by a number of threads. Rates are the best of several bursts.
class Machine {
public:
  explicit Machine(int threads);

  int threads() const { return numThreads; }
  /// The processor's name, or "unknown".
  const std::string &processor() const { return processorName; }

  /// Measures multiply-adds in a type, of that many seconds. The result is that of now,
  /// which tells how quiet the machine is; `peak` is the best of all.
  double measurePeak(ElementType type, double seconds = 0.06);
  /// The best rate measured, at least once.
  PeakRate peak(ElementType type);

  /// Bytes read and written a second when copying, at the smallest power of two from
  /// 256 KiB to 256 MiB (source and destination together) that holds `workingSet`
  /// bytes. Measured when first asked for.
  double copyRate(double workingSet);

private:
  int numThreads;
  std::string processorName;
  std::map<ElementType, PeakRate> peaks;
  std::map<int64_t, double> copyRates;
};

} // namespace tconv::bench

#endif // TCONV_BENCH_MACHINE_H
