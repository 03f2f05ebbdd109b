//===- RaceDetector.h - Accesses to shared memory that nothing orders  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of each word of shared memory it is known which thread wrote it last, and who read it since, and
// when. A wgmma reads from where it is issued to the wait for it. Time is counted in barriers: each
// one that opens makes what came before it known to the threads that waited. An access to what
// another thread accessed is a race if no barrier is between the two, whatever the order in which
// the emulator ran them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_RACEDETECTOR_H
#define TCONV_LIB_EMULATOR_RACEDETECTOR_H

#include "ReaderLists.h"
#include "Warps.h"

#include <memory>
#include <optional>
#include <string>

namespace tconv::emulator {

struct Block;

class RaceDetector {
public:
  /// What each warp knows: accesses of a warp before these times; and, from `fencedTimes` on, which
  /// of its stores a proxy fence came after.
  using Clock = std::array<uint32_t, 2 * size_t(maxWarps)>;
  static constexpr size_t fencedTimes = maxWarps;

  /// For the shared memory from `base` on; `sites` is what the sites of accesses are in.
  void setUp(bool enabled, const void *base, uint64_t bytes, const Site *sites);
  void startBlock(uint32_t numWarps);
  bool isEnabled() const { return enabled; }

  void read(Block &block, uint64_t address, uint64_t bytes, const Site &site, Accessor who);
  void write(Block &block, uint64_t address, uint64_t bytes, const Site &site, Accessor who);
  /// An asynchronous copy of the current thread writes from now on, until it lands.
  void startCopy(Block &block, uint64_t address, uint64_t bytes, const Site &site);
  void landCopy(Block &block, uint64_t address, uint64_t bytes, const Site &site);
  /// An operation of a warpgroup reads chunks of 16 bytes, until it is waited for.
  void startReads(Block &block, const std::vector<uint64_t> &chunks, const Site &site,
                  uint32_t warpgroup);
  void finishReads(Block &block, const std::vector<uint64_t> &chunks, const Site &site,
                   uint32_t warpgroup);

  /// The same for a bulk copy to shared memory, which lands for those who wait at an mbarrier: they
  /// know then what the result says.
  Clock startBulkCopy(Block &block, uint64_t address, uint64_t bytes, const Site &site);
  void finishBulkCopy(uint64_t address, uint64_t bytes, const Clock &copy, Clock &known);
  /// A bulk copy of the current thread reads chunks of 16 bytes from now on, until it waits for
  /// that.
  void startCopyFrom(Block &block, uint64_t address, uint64_t bytes, const Site &site);
  void finishCopyFrom(Block &block, uint64_t address, uint64_t bytes, const Site &site);

  /// A fence.proxy.async of a thread.
  void fenceProxy(uint32_t thread);

  /// A barrier opened: of all threads, of a warp, or of the warps in a set, of which
  /// `waiting` learn what `arrived` did.
  void syncBlock();
  void syncWarp(uint32_t warp);
  void syncWarps(uint32_t arrived, uint32_t waiting);

  /// What the warp's lanes did is known to whoever acquires `clock`.
  void release(uint32_t warp, Clock &clock);
  void acquire(uint32_t warp, const Clock &clock);

private:
  /// The accesses to a word, or to a byte of it.
  struct Shadow {
    uint32_t writeTime = 0, readTime = 0;
    uint32_t writeSite = 0, readSite = 0;
    Accessor writer = 0, reader = 0;
    /// Whether a copy is under way, and whether the bytes of the word differ.
    bool pending = false, split = false;
    /// Whether a bulk copy wrote it.
    bool byAsyncProxy = false;
    /// Whether several warps read it last, which are in the list of readers.
    bool several = false;
    uint32_t readers = 0;
  };
  struct Access {
    Block &block;
    uint32_t site;
    uint32_t warp;
    Accessor who;
    const Site *op;
    /// What whoever makes the access knows of others.
    const Clock *known;
  };
  /// Operations under way that read a chunk of 16 bytes, and the last of them: a bulk copy of a
  /// thread, or an operation of a warpgroup.
  struct Reading {
    uint32_t count = 0, warpgroup = 0;
    std::optional<uint32_t> thread;
    const Site *site = nullptr;
  };

  template <typename Visit>
  void forEachShadow(uint64_t address, uint64_t bytes, bool overwrites, Visit visit);
  void split(uint64_t word);
  Access describe(Block &block, const Site &site, Accessor who) const;
  bool isOrdered(uint32_t time, Accessor before, const Clock &known) const;
  void noteRead(Access &access, Shadow &shadow);
  void noteWrite(Access &access, Shadow &shadow);
  void checkFenced(Access &access, const Shadow &shadow, const char *what);
  void noteUnfenced(Accessor who);
  void shareFences();
  void addReader(Access &access, Shadow &shadow);
  void checkReaders(Access &access, Shadow &shadow);
  void checkReading(Access &access, uint64_t address, uint64_t bytes);
  void checkWriter(Access &access, const Shadow &shadow, const char *what);
  [[noreturn]] void reportPending(Access &access, const Shadow &shadow, const char *what);
  [[noreturn]] void report(Access &access, const char *what, const char *verb, Accessor before,
                           uint32_t site);

  bool enabled = false;
  uint64_t base = 0, size = 0;
  const Site *sites = nullptr;
  struct Free {
    void operator()(Shadow *memory) const;
  };
  using Table = std::unique_ptr<Shadow[], Free>;
  static Table createTable(uint64_t entries);

  /// By word and by byte.
  Table words, bytes;
  ReaderLists readerLists;
  std::vector<Reading> reading;
  uint32_t now = 1, blockStart = 1, lastBarrier = 1;
  uint32_t numWarps = 0;
  std::array<Clock, maxWarps> clocks{};
  /// Lanes of each warp that have stored something since its last barrier and their last fence.
  std::array<uint32_t, maxWarps> unfenced{};
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_RACEDETECTOR_H
