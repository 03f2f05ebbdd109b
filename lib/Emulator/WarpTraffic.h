//===- WarpTraffic.h - Accesses of warps, put together from those of threads  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Threads run one after the other, while hardware serves the lanes of a warp at once. The n-th time
// that each lane of a warp comes to an op is taken for one access of the warp.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_WARPTRAFFIC_H
#define TCONV_LIB_EMULATOR_WARPTRAFFIC_H

#include "tconv/Emulator/EmulatorCounters.h"
#include "tconv/Emulator/Site.h"

#include <cstdint>
#include <vector>

namespace tconv::emulator {

class WarpTraffic {
public:
  void setUp(bool enabled, Site *sites, size_t numSites, uint32_t numThreads);
  bool isEnabled() const { return enabled; }

  void startBlock();
  void note(uint32_t thread, uint64_t address, uint32_t bytes, const Site &site);
  /// Counts what has been noted; no lane is still to come.
  void count(EmulatorCounters &counters);
  /// The same, if there is so much that it had better be counted now.
  void countIfMany(EmulatorCounters &counters);

private:
  struct Access {
    /// Op, warp, and how many times before.
    uint32_t site, warp, occurrence;
    uint32_t lane, bytes;
    uint64_t address;
  };

  void countGroup(const Access *begin, const Access *end, EmulatorCounters &counters);
  uint64_t countSectors(const Access *begin, const Access *end);
  uint64_t countConflicts(const Access *begin, const Access *end);

  bool enabled = false;
  Site *sites = nullptr;
  uint32_t numThreads = 0;
  std::vector<Access> accesses;
  /// How often each thread came to each site.
  std::vector<uint32_t> occurrences;
  std::vector<uint64_t> scratch;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_WARPTRAFFIC_H
