//===- Mbarriers.h - mbarrier objects in shared memory -------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_MBARRIERS_H
#define TCONV_LIB_EMULATOR_MBARRIERS_H

#include "BulkCopies.h"

#include <map>
#include <vector>

namespace tconv::emulator {

struct Block;

/// Barriers whose state the hardware keeps in shared memory. A phase is over when all arrivals
/// and all bytes that were expected have come; then the next one starts.
class Mbarriers {
public:
  void reset() { objects.clear(); }

  void initialize(Block &block, uint64_t address, uint32_t count, const Site *site);
  /// Bulk copies may tell the mbarriers that a thread has initialised.
  void announce(uint32_t thread);
  void invalidate(Block &block, uint64_t address, const Site *site);
  /// Arrives `count` times and expects as many bytes more; gives the phase arrived in.
  uint64_t arrive(Block &block, uint64_t address, uint32_t count, int64_t bytes, const Site *site);
  /// Expects more bytes, or fewer if some have come.
  void expect(Block &block, uint64_t address, int64_t bytes, const Site *site);
  /// A copy to shared memory, whose bytes come when it lands: at once or, late, when a thread waits
  /// for them and everything else has come. It may be read by who waits for the phase in which they
  /// came.
  void load(Block &block, uint64_t address, BulkLoad load, const Site *site);
  /// Whether a phase is over: the one that arrive gave, or the one of a parity.
  bool test(Block &block, uint64_t address, uint64_t phase, bool isParity, const Site *site);
  /// Waits until it is.
  void wait(Block &block, uint64_t address, uint64_t phase, bool isParity, const Site *site);

  /// Why the block cannot go on, if threads wait at an mbarrier; otherwise empty.
  std::string describeDeadlock(const Block &block) const;

private:
  struct Object {
    uint32_t expected = 0, initializer = 0;
    bool announced = false;
    int64_t pending = 0, bytes = 0;
    uint64_t phase = 0;
    std::vector<uint32_t> waiting;
    RaceDetector::Clock known{};
    /// Copies that nobody has waited for yet, those that have not landed at the end.
    std::deque<BulkLoad> loads;
  };

  Object &find(Block &block, uint64_t address, const Site *site);
  void complete(Block &block, Object &object, BulkLoad &load, const Site *site);
  void landLoads(Block &block, Object &object, const Site *site);
  void acquire(Block &block, Object &object);
  void openIfComplete(Block &block, Object &object, const Site *site);
  static void wakeWaiting(Block &block, Object &object);
  static bool isOver(const Object &object, uint64_t phase, bool isParity);

  std::map<uint64_t, Object> objects;
  /// Tests in a row that failed while nothing else happened.
  uint32_t failedTests = 0;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_MBARRIERS_H
