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

static constexpr uint64_t wordBytes = 4, chunkBytes = 16;
static constexpr uint32_t warpsOfGroup = warpgroupSize / warpSize;

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
    readerLists.clear();
    setUp(enabled, reinterpret_cast<const void *>(base), size, sites);
    now = 0;
  }
  numWarps = number;
  blockStart = ++now;
  lastBarrier = now;
  for (Clock &clock : clocks)
    clock.fill(now);
  unfenced.fill(0);
  reading.assign(enabled ? size / chunkBytes : 0, {});
}

void RaceDetector::syncBlock() {
  lastBarrier = ++now;
  unfenced.fill(0);
  shareFences();
}

void RaceDetector::syncWarp(uint32_t warp) {
  clocks[warp][warp] = ++now;
  unfenced[warp] = 0;
}

void RaceDetector::syncWarps(uint32_t arrived, uint32_t waiting) {
  ++now;
  Clock known{};
  for (uint32_t set = arrived; set; set &= set - 1) {
    const Clock &clock = clocks[std::countr_zero(set)];
    for (size_t time = 0; time < known.size(); ++time)
      known[time] = std::max(known[time], clock[time]);
    unfenced[std::countr_zero(set)] = 0;
  }
  for (uint32_t set = arrived; set; set &= set - 1)
    known[std::countr_zero(set)] = now;
  for (uint32_t set = waiting; set; set &= set - 1)
    clocks[std::countr_zero(set)] = known;
}

void RaceDetector::release(uint32_t warp, Clock &clock) {
  ++now;
  for (size_t time = 0; time < clock.size(); ++time)
    clock[time] = std::max(clock[time], clocks[warp][time]);
  clock[warp] = now;
}

void RaceDetector::acquire(uint32_t warp, const Clock &clock) {
  for (size_t time = 0; time < clock.size(); ++time)
    clocks[warp][time] = std::max(clocks[warp][time], clock[time]);
}

/// Whether what `before` did at a time is known. One warp of a warpgroup is enough, since a wait
/// for what the group does holds for all of it.
bool RaceDetector::isOrdered(uint32_t time, Accessor before, const Clock &known) const {
  if (time < lastBarrier)
    return true;
  if (before & atomicAccess)
    return time < *std::min_element(known.begin(), known.begin() + numWarps);
  if (!isWarpgroup(before))
    return time < known[getWarp(before)];
  const uint32_t *first = &known[size_t(getGroupNumber(before)) * warpsOfGroup];
  return time < *std::max_element(first, first + warpsOfGroup);
}

/// Makes each byte of a word known as the word was.
void RaceDetector::split(uint64_t word) {
  Shadow &shadow = words[word];
  for (uint64_t at = word * wordBytes; at < (word + 1) * wordBytes; ++at) {
    uint32_t readers = bytes[at].readers;
    if (shadow.several)
      readerLists.forEach(shadow.readers, [&](ReaderLists::Reader reader) {
        readerLists.add(readers, reader.time, reader.site, reader.who);
      });
    bytes[at] = shadow;
    bytes[at].readers = readers;
  }
  shadow.split = true;
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
    if (!shadow.split)
      split(word);
    bool whole = next - at == wordBytes;
    for (; at < next; ++at)
      visit(bytes[at]);
    if (whole && overwrites)
      std::swap(shadow, bytes[word * wordBytes]);
  }
}

RaceDetector::Access RaceDetector::describe(Block &block, const Site &site, Accessor who) const {
  uint32_t warp = block.thread() / warpSize;
  return {block, static_cast<uint32_t>(&site - sites), warp, who, &site, &clocks[warp]};
}

void RaceDetector::report(Access &access, const char *what, const char *verb, Accessor before,
                          uint32_t site) {
  std::string who;
  if (before & atomicAccess)
    who = "an atomic access";
  else if (isWarpgroup(before))
    who = "warpgroup " + std::to_string(getGroupNumber(before));
  else if (isWholeWarp(before))
    who = "warp " + std::to_string(getGroupNumber(before));
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
  if (shadow.writer != access.who && !isOrdered(shadow.writeTime, shadow.writer, *access.known))
    report(access, what, "wrote", shadow.writer, shadow.writeSite);
}

/// Of several that read without a barrier in between, a later write is to be after all.
void RaceDetector::addReader(Access &access, Shadow &shadow) {
  if (shadow.readTime < lastBarrier || (!shadow.several && shadow.reader == access.who)) {
    shadow.reader = access.who;
    shadow.several = false;
  } else {
    if (!shadow.several)
      readerLists.add(shadow.readers, shadow.readTime, shadow.readSite, shadow.reader);
    readerLists.add(shadow.readers, now, access.site, access.who);
    shadow.several = true;
  }
  shadow.readTime = now;
  shadow.readSite = access.site;
}

void RaceDetector::noteRead(Access &access, Shadow &shadow) {
  checkWriter(access, shadow, "read");
  addReader(access, shadow);
}

void RaceDetector::checkReaders(Access &access, Shadow &shadow) {
  auto check = [&](uint32_t time, uint32_t site, Accessor reader) {
    if (time >= blockStart && reader != access.who && !isOrdered(time, reader, *access.known))
      report(access, "write", "read", reader, site);
  };
  if (!shadow.several)
    return check(shadow.readTime, shadow.readSite, shadow.reader);
  readerLists.forEach(shadow.readers, [&](ReaderLists::Reader &reader) {
    check(reader.time, reader.site, reader.who);
    reader.time = 0;
  });
}

void RaceDetector::noteWrite(Access &access, Shadow &shadow) {
  checkWriter(access, shadow, "write");
  checkReaders(access, shadow);
  shadow.writeTime = now;
  shadow.writer = access.who;
  shadow.writeSite = access.site;
  shadow.readTime = 0;
  shadow.several = false;
  shadow.pending = false;
  shadow.byAsyncProxy = false;
}

/// An error if an operation that nobody waited for yet reads what is written.
void RaceDetector::checkReading(Access &access, uint64_t address, uint64_t size) {
  uint64_t first = (address - base) / chunkBytes, last = (address - base + size - 1) / chunkBytes;
  for (uint64_t chunk = first; chunk <= last; ++chunk) {
    const Reading &reader = reading[chunk];
    if (reader.count == 0)
      continue;
    bool own = reader.thread ? access.block.thread() == *reader.thread
                             : access.block.thread() / warpgroupSize == reader.warpgroup;
    std::string who = reader.thread ? describeThread(access.block, *reader.thread)
                                    : "warpgroup " + std::to_string(reader.warpgroup);
    access.block.fail(access.op, std::string(own ? "expected a wait between"
                                                 : "race: expected a wait and a barrier between") +
                                     " the " + reader.site->operation + " that " + who +
                                     " issued at " + reader.site->location +
                                     " and this write of shared memory that it reads");
  }
}

void RaceDetector::read(Block &block, uint64_t address, uint64_t size, const Site &site,
                        Accessor who) {
  Access access = describe(block, site, who);
  forEachShadow(address, size, false, [&](Shadow &shadow) { noteRead(access, shadow); });
}

void RaceDetector::write(Block &block, uint64_t address, uint64_t size, const Site &site,
                         Accessor who) {
  Access access = describe(block, site, who);
  checkReading(access, address, size);
  forEachShadow(address, size, true, [&](Shadow &shadow) { noteWrite(access, shadow); });
  noteUnfenced(who);
}

void RaceDetector::startCopy(Block &block, uint64_t address, uint64_t size, const Site &site) {
  Access access = describe(block, site, static_cast<Accessor>(block.thread()));
  checkReading(access, address, size);
  forEachShadow(address, size, true, [&](Shadow &shadow) {
    noteWrite(access, shadow);
    shadow.pending = true;
  });
}

RaceDetector::Clock RaceDetector::startBulkCopy(Block &block, uint64_t address, uint64_t size,
                                                const Site &site) {
  Access access = describe(block, site, static_cast<Accessor>(block.thread()));
  forEachShadow(address, size, false,
                [&](Shadow &shadow) { checkFenced(access, shadow, "write"); });
  startCopy(block, address, size, site);
  forEachShadow(address, size, true, [&](Shadow &shadow) { shadow.byAsyncProxy = true; });
  Clock known{};
  release(block.thread() / warpSize, known);
  return known;
}

void RaceDetector::finishBulkCopy(uint64_t address, uint64_t size, const Clock &copy,
                                  Clock &known) {
  forEachShadow(address, size, true, [&](Shadow &shadow) { shadow.pending = false; });
  for (size_t time = 0; time < known.size(); ++time)
    known[time] = std::max(known[time], copy[time]);
}

void RaceDetector::startCopyFrom(Block &block, uint64_t address, uint64_t size, const Site &site) {
  Access access = describe(block, site, static_cast<Accessor>(block.thread()));
  forEachShadow(address, size, false, [&](Shadow &shadow) {
    checkWriter(access, shadow, "read");
    checkFenced(access, shadow, "read");
  });
  for (uint64_t chunk = address - base; chunk < address - base + size; chunk += chunkBytes) {
    Reading &reader = reading[chunk / chunkBytes];
    reader = {reader.count + 1, 0, block.thread(), &site};
  }
}

void RaceDetector::finishCopyFrom(Block &block, uint64_t address, uint64_t size, const Site &site) {
  for (uint64_t chunk = address - base; chunk < address - base + size; chunk += chunkBytes)
    --reading[chunk / chunkBytes].count;
  read(block, address, size, site, static_cast<Accessor>(block.thread()));
}

void RaceDetector::landCopy(Block &block, uint64_t address, uint64_t size, const Site &site) {
  forEachShadow(address, size, true, [&](Shadow &shadow) {
    shadow.pending = false;
    shadow.writeTime = now;
  });
  noteUnfenced(static_cast<Accessor>(block.thread()));
}

/// All four warps read all of it, hence each has to know of earlier writes.
void RaceDetector::startReads(Block &block, const std::vector<uint64_t> &chunks, const Site &site,
                              uint32_t warpgroup) {
  Clock known = clocks[size_t(warpgroup) * warpsOfGroup];
  for (uint32_t warp = 1; warp < warpsOfGroup; ++warp)
    for (size_t time = 0; time < known.size(); ++time)
      known[time] = std::min(known[time], clocks[warpgroup * warpsOfGroup + warp][time]);
  Access access = describe(block, site, wholeWarpgroup(warpgroup));
  access.known = &known;
  for (uint64_t chunk : chunks) {
    forEachShadow(chunk, chunkBytes, false, [&](Shadow &shadow) {
      checkWriter(access, shadow, "read");
      checkFenced(access, shadow, "read");
    });
    Reading &reader = reading[(chunk - base) / chunkBytes];
    reader = {reader.count + 1, warpgroup, std::nullopt, &site};
  }
}

void RaceDetector::finishReads(Block &block, const std::vector<uint64_t> &chunks, const Site &site,
                               uint32_t warpgroup) {
  Access access = describe(block, site, wholeWarpgroup(warpgroup));
  for (uint64_t chunk : chunks) {
    --reading[(chunk - base) / chunkBytes].count;
    forEachShadow(chunk, chunkBytes, false, [&](Shadow &shadow) { addReader(access, shadow); });
  }
}
