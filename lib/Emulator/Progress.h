//===- Progress.h - How far a launch is ----------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_PROGRESS_H
#define TCONV_LIB_EMULATOR_PROGRESS_H

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace tconv::emulator {

struct Progress {
  using Clock = std::chrono::steady_clock;

  /// Nothing for silence.
  std::function<void(const std::string &)> report;
  double interval = 0; ///< In seconds.

  Clock::time_point begin, next;

  void start() {
    begin = Clock::now();
    next = begin + toDuration(interval);
  }
  /// After each block of a launch.
  void finishBlock(const std::string &kernel, uint64_t done, uint64_t all) {
    if (!report || Clock::now() < next)
      return;
    next = Clock::now() + toDuration(interval);
    auto seconds = std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin).count();
    report("kernel " + kernel + ": " + std::to_string(done) + " of " + std::to_string(all) +
           " blocks after " + std::to_string(seconds) + " s");
  }

private:
  static Clock::duration toDuration(double seconds) {
    return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  }
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_PROGRESS_H
