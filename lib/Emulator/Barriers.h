//===- Barriers.h - Named barriers of a block ----------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_BARRIERS_H
#define TCONV_LIB_EMULATOR_BARRIERS_H

#include "tconv/Emulator/EntryPoints.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tconv::emulator {

struct Block;

class Barriers {
public:
  static constexpr uint32_t number = 16;

  void reset();

  /// The current thread arrives, and waits for others until `expected` have, 0 for all of the
  /// block.
  uint32_t wait(Block &block, uint32_t id, uint32_t expected, BarrierReduction reduction,
                bool predicate, const Site *site);
  /// cluster.arrive and cluster.wait, of a cluster that is this block.
  void arriveAtCluster(Block &block, const Site *site);
  void waitForCluster(Block &block, const Site *site);
  /// The same without waiting.
  void arrive(Block &block, uint32_t id, uint32_t expected, const Site *site);

  /// Why the block cannot go on, if threads wait at a barrier; otherwise empty.
  std::string describeDeadlock(const Block &block) const;

private:
  struct Barrier {
    uint32_t expected = 0;
    uint32_t predicates = 0;
    uint32_t result = 0;
    const Site *site = nullptr;
    std::vector<uint32_t> arrived, waiting;
    /// By warp: the op at which its first thread arrived.
    std::vector<const Site *> warpSites;
  };

  Barrier &enter(Block &block, uint32_t id, uint32_t expected, const Site *site);
  void checkWarp(Block &block, uint32_t id, Barrier &barrier, const Site *site);
  void synchronize(Block &block, const Barrier &barrier, bool waits);
  /// `waits`: the current thread, which came last, needs what the others did.
  bool openIfComplete(Block &block, Barrier &barrier, bool waits);

  std::array<Barrier, number> barriers;
  /// How often each thread arrived at the barrier of the cluster, how often it opened, and who
  /// waits for it.
  std::vector<uint32_t> clusterArrivals, clusterWaiting;
  uint32_t clusterPhase = 0, clusterArrived = 0;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_BARRIERS_H
