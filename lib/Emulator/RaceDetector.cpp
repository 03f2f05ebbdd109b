//===- RaceDetector.cpp - Accesses to shared memory that nothing orders ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RaceDetector.h"

#include "Block.h"

#include <algorithm>
#include <bit>
#include <cstdlib>

using namespace tconv;
using namespace tconv::emulator;

static constexpr uint64_t wordBytes = 4;

void RaceDetector::Free::operator()(Shadow *memory) const { std::free(memory); }

/// Calloc takes so much memory from the system, page by page when it is touched.
RaceDetector::Table RaceDetector::createTable(uint64_t entries) {
  return Table(static_cast<Shadow *>(std::calloc(entries, sizeof(Shadow))));
}

void RaceDetector::setUp(bool enable, const void *start, uint64_t numBytes, const Site *first) {
  enabled = enable;
  base = reinterpret_cast<uint64_t>(start);
  size = numBytes;
  sites = first;
  if (enabled && !words) {
    words = createTable(numBytes / wordBytes);
    bytes = createTable(numBytes);
  }
  enabled = enabled && words && bytes;
}

/// What happened in earlier blocks is before the start of this one, and thereby forgotten.
void RaceDetector::startBlock(uint32_t number) {
  if (now > UINT32_MAX / 2) {
    words.reset();
    bytes.reset();
    setUp(enabled, reinterpret_cast<const void *>(base), size, sites);
    now = 0;
  }
  numWarps = number;
  blockStart = ++now;
  lastBarrier = now;
  for (Clock &clock : clocks)
    clock.fill(now);
}

void RaceDetector::syncBlock() { lastBarrier = ++now; }

void RaceDetector::syncWarp(uint32_t warp) { clocks[warp][warp] = ++now; }

void RaceDetector::syncWarps(uint32_t arrived, uint32_t waiting) {
  ++now;
  Clock known{};
  for (uint32_t set = arrived; set; set &= set - 1) {
    const Clock &clock = clocks[std::countr_zero(set)];
    for (uint32_t warp = 0; warp < maxWarps; ++warp)
      known[warp] = std::max(known[warp], clock[warp]);
  }
  for (uint32_t set = arrived; set; set &= set - 1)
    known[std::countr_zero(set)] = now;
  for (uint32_t set = waiting; set; set &= set - 1)
    clocks[std::countr_zero(set)] = known;
}

void RaceDetector::release(uint32_t warp, Clock &clock) {
  ++now;
  for (uint32_t other = 0; other < maxWarps; ++other)
    clock[other] = std::max(clock[other], clocks[warp][other]);
  clock[warp] = now;
}

void RaceDetector::acquire(uint32_t warp, const Clock &clock) {
  for (uint32_t other = 0; other < maxWarps; ++other)
    clocks[warp][other] = std::max(clocks[warp][other], clock[other]);
}

static uint32_t getWarp(Accessor who) { return who & wholeWarp(0) ? who & 31 : who / warpSize; }

/// Whether what `before` did at a time is known to a warp.
bool RaceDetector::isOrdered(uint32_t time, Accessor before, uint32_t warp) const {
  if (time < lastBarrier)
    return true;
  const Clock &known = clocks[warp];
  if (before & (severalThreads | atomicAccess))
    return time < *std::min_element(known.begin(), known.begin() + numWarps);
  return time < known[getWarp(before)];
}

/// Visits what is known of a range. A word is one thing as long as all accesses are to whole
/// words, and becomes one again when all of it is written.
template <typename Visit>
void RaceDetector::forEachShadow(uint64_t address, uint64_t size, bool overwrites, Visit visit) {
  uint64_t begin = address - base, end = begin + size;
  for (uint64_t at = begin; at < end;) {
    uint64_t word = at / wordBytes, next = std::min(end, (word + 1) * wordBytes);
    Shadow &shadow = words[word];
    if (next - at == wordBytes && !shadow.split) {
      visit(shadow);
      at = next;
      continue;
    }
    if (!shadow.split) {
      std::fill_n(&bytes[word * wordBytes], wordBytes, shadow);
      shadow.split = true;
    }
    bool whole = next - at == wordBytes;
    for (; at < next; ++at)
      visit(bytes[at]);
    if (whole && overwrites)
      shadow = bytes[word * wordBytes];
  }
}

RaceDetector::Access RaceDetector::describe(Block &block, const Site &site, Accessor who) const {
  return {block, static_cast<uint32_t>(&site - sites), block.thread() / warpSize, who, &site};
}

void RaceDetector::report(Access &access, const char *what, const char *verb, Accessor before,
                          uint32_t site) {
  std::string who;
  if (before & severalThreads)
    who = "several threads";
  else if (before & atomicAccess)
    who = "an atomic access";
  else if (before & wholeWarp(0))
    who = "warp " + std::to_string(before & 31);
  else
    who = describeThread(access.block, before);
  access.block.fail(access.op, std::string("race: expected a barrier before this ") + what +
                                   " of shared memory that " + who + " " + verb + " at " +
                                   sites[site].location + " (" + sites[site].operation + ")");
}

void RaceDetector::reportPending(Access &access, const Shadow &shadow, const char *what) {
  bool own = shadow.writer == access.block.thread();
  access.block.fail(access.op,
                    std::string(own ? "expected a wait between this "
                                    : "race: expected a wait and a barrier between this ") +
                        what + " of shared memory and the asynchronous copy to it that " +
                        describeThread(access.block, shadow.writer) + " issued at " +
                        sites[shadow.writeSite].location);
}

void RaceDetector::checkWriter(Access &access, const Shadow &shadow, const char *what) {
  if (shadow.writeTime < blockStart)
    return;
  if (shadow.pending)
    reportPending(access, shadow, what);
  if (shadow.writer != access.who && !isOrdered(shadow.writeTime, shadow.writer, access.warp))
    report(access, what, "wrote", shadow.writer, shadow.writeSite);
}

void RaceDetector::noteRead(Access &access, Shadow &shadow) {
  checkWriter(access, shadow, "read");
  // Of several that read without a barrier in between, a later write is to be after all.
  if (shadow.readTime < lastBarrier || shadow.reader == access.who)
    shadow.reader = access.who;
  else if (!(shadow.reader & (severalThreads | atomicAccess)) &&
           getWarp(shadow.reader) == access.warp)
    shadow.reader = wholeWarp(access.warp);
  else
    shadow.reader = severalThreads;
  shadow.readTime = now;
  shadow.readSite = access.site;
}

void RaceDetector::noteWrite(Access &access, Shadow &shadow) {
  checkWriter(access, shadow, "write");
  if (shadow.readTime >= blockStart && shadow.reader != access.who &&
      !isOrdered(shadow.readTime, shadow.reader, access.warp))
    report(access, "write", "read", shadow.reader, shadow.readSite);
  shadow.writeTime = now;
  shadow.writer = access.who;
  shadow.writeSite = access.site;
  shadow.readTime = 0;
  shadow.pending = false;
}

void RaceDetector::read(Block &block, uint64_t address, uint64_t size, const Site &site,
                        Accessor who) {
  Access access = describe(block, site, who);
  forEachShadow(address, size, false, [&](Shadow &shadow) { noteRead(access, shadow); });
}

void RaceDetector::write(Block &block, uint64_t address, uint64_t size, const Site &site,
                         Accessor who) {
  Access access = describe(block, site, who);
  forEachShadow(address, size, true, [&](Shadow &shadow) { noteWrite(access, shadow); });
}

void RaceDetector::startCopy(Block &block, uint64_t address, uint64_t size, const Site &site) {
  Access access = describe(block, site, static_cast<Accessor>(block.thread()));
  forEachShadow(address, size, true, [&](Shadow &shadow) {
    noteWrite(access, shadow);
    shadow.pending = true;
  });
}

void RaceDetector::landCopy(Block &block, uint64_t address, uint64_t size, const Site &site) {
  forEachShadow(address, size, true, [&](Shadow &shadow) {
    shadow.pending = false;
    shadow.writeTime = now;
  });
}
