//===- RaceDetector.h - Accesses to shared memory that nothing orders  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Of each word of shared memory it is known which thread wrote it last, and who read it since, and
// when. Time is counted in barriers: each one that opens makes what came before it known to the
// threads that waited. An access to what another thread accessed is a race if no barrier is
// between the two, whatever the order in which the emulator ran them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_RACEDETECTOR_H
#define TCONV_LIB_EMULATOR_RACEDETECTOR_H

#include "tconv/Emulator/Site.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace tconv::emulator {

struct Block;

/// Who made an access: a thread by its number, or one of these.
using Accessor = uint16_t;
inline constexpr Accessor severalThreads = 0x8000, atomicAccess = 0x4000;
/// All lanes of a warp together: of ldmatrix, no one knows which lane reads which element.
constexpr Accessor wholeWarp(uint32_t warp) { return static_cast<Accessor>(0x2000 | warp); }

class RaceDetector {
public:
  static constexpr uint32_t maxWarps = 32;
  /// What each warp knows: accesses of a warp before these times.
  using Clock = std::array<uint32_t, maxWarps>;

  /// For the shared memory from `base` on; `sites` is what the sites of accesses are in.
  void setUp(bool enabled, const void *base, uint64_t bytes, const Site *sites);
  void startBlock(uint32_t numWarps);
  bool isEnabled() const { return enabled; }

  void read(Block &block, uint64_t address, uint64_t bytes, const Site &site, Accessor who);
  void write(Block &block, uint64_t address, uint64_t bytes, const Site &site, Accessor who);
  /// An asynchronous copy of the current thread writes from now on, until it lands.
  void startCopy(Block &block, uint64_t address, uint64_t bytes, const Site &site);
  void landCopy(Block &block, uint64_t address, uint64_t bytes, const Site &site);

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
  };
  struct Access {
    Block &block;
    uint32_t site;
    uint32_t warp;
    Accessor who;
    const Site *op;
  };

  template <typename Visit>
  void forEachShadow(uint64_t address, uint64_t bytes, bool overwrites, Visit visit);
  Access describe(Block &block, const Site &site, Accessor who) const;
  bool isOrdered(uint32_t time, Accessor before, uint32_t warp) const;
  void noteRead(Access &access, Shadow &shadow);
  void noteWrite(Access &access, Shadow &shadow);
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
  uint32_t now = 1, blockStart = 1, lastBarrier = 1;
  uint32_t numWarps = 0;
  std::array<Clock, maxWarps> clocks{};
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_RACEDETECTOR_H
