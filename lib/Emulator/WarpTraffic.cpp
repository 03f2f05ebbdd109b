//===- WarpTraffic.cpp - Accesses of warps, put together from those of threads ===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WarpTraffic.h"

#include "Warps.h"

#include <algorithm>
#include <tuple>

using namespace tconv;
using namespace tconv::emulator;

static constexpr uint64_t sectorBytes = 32, bankBytes = 4;
static constexpr uint32_t numBanks = 32;

// Kept at most, 40 bytes each.
static constexpr size_t manyAccesses = 1 << 20;

void WarpTraffic::setUp(bool enable, Site *first, size_t numSites, uint32_t threads) {
  enabled = enable;
  sites = first;
  numThreads = threads;
  occurrences.assign(enabled ? numSites * numThreads : 0, 0);
  accesses.clear();
}

void WarpTraffic::startBlock() { std::fill(occurrences.begin(), occurrences.end(), 0); }

void WarpTraffic::note(uint32_t thread, uint64_t address, uint32_t bytes, const Site &site) {
  auto index = static_cast<uint32_t>(&site - sites);
  uint32_t occurrence = occurrences[size_t(index) * numThreads + thread]++;
  accesses.push_back({index, thread / warpSize, occurrence, thread % warpSize, bytes, address});
}

void WarpTraffic::count(EmulatorCounters &counters) {
  auto key = [](const Access &a) { return std::tie(a.site, a.warp, a.occurrence); };
  std::sort(accesses.begin(), accesses.end(), [&](const Access &a, const Access &b) {
    return std::tuple_cat(key(a), std::tie(a.lane)) < std::tuple_cat(key(b), std::tie(b.lane));
  });
  const Access *end = accesses.data() + accesses.size();
  for (const Access *begin = accesses.data(), *next; begin != end; begin = next) {
    next = std::find_if(begin, end, [&](const Access &a) { return key(a) != key(*begin); });
    countGroup(begin, next, counters);
  }
  accesses.clear();
}

void WarpTraffic::countIfMany(EmulatorCounters &counters) {
  if (accesses.size() > manyAccesses)
    count(counters);
}

void WarpTraffic::countGroup(const Access *begin, const Access *end, EmulatorCounters &counters) {
  Site &site = sites[begin->site];
  if (site.found == SiteSpace::Shared) {
    uint64_t conflicts = countConflicts(begin, end);
    site.bankConflicts += conflicts;
    counters.bankConflicts += conflicts;
  } else if (site.found == SiteSpace::Global) {
    uint64_t sectors = countSectors(begin, end);
    site.sectors += sectors;
    counters.globalSectors += sectors;
  }
}

uint64_t WarpTraffic::countSectors(const Access *begin, const Access *end) {
  scratch.clear();
  for (const Access *access = begin; access != end; ++access)
    for (uint64_t sector = access->address / sectorBytes;
         sector <= (access->address + access->bytes - 1) / sectorBytes; ++sector)
      scratch.push_back(sector);
  std::sort(scratch.begin(), scratch.end());
  return std::unique(scratch.begin(), scratch.end()) - scratch.begin();
}

/// A wavefront serves 128 bytes: all lanes if they access at most 4 bytes each, else halves or
/// quarters of the warp. It takes as many as the most words that it wants of one bank.
uint64_t WarpTraffic::countConflicts(const Access *begin, const Access *end) {
  uint32_t lanesAtOnce = warpSize / std::max<uint64_t>(1, begin->bytes / bankBytes);
  uint64_t conflicts = 0;
  for (const Access *first = begin, *next; first != end; first = next) {
    uint32_t part = first->lane / lanesAtOnce;
    scratch.clear();
    for (next = first; next != end && next->lane / lanesAtOnce == part; ++next)
      for (uint64_t word = next->address / bankBytes;
           word <= (next->address + next->bytes - 1) / bankBytes; ++word)
        scratch.push_back(word);
    std::sort(scratch.begin(), scratch.end());
    scratch.erase(std::unique(scratch.begin(), scratch.end()), scratch.end());
    uint32_t wanted[numBanks] = {};
    for (uint64_t word : scratch)
      ++wanted[word % numBanks];
    conflicts += *std::max_element(wanted, wanted + numBanks) - 1;
  }
  return conflicts;
}
