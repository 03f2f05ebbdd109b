//===- Barriers.cpp - Named barriers of a block ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The last thread to arrive at a barrier opens it: the others go on, each is known to have
// seen what all did before, and the predicates that they brought become one result. A
// barrier that never opens is found when no thread of the block can go on; the message
// says who is missing.
//
//===----------------------------------------------------------------------===//

#include "Barriers.h"

#include "Block.h"

using namespace tconv;
using namespace tconv::emulator;

void Barriers::reset() {
  for (Barrier &barrier : barriers) {
    barrier.arrived.clear();
    barrier.waiting.clear();
  }
  clusterArrivals.clear();
  clusterWaiting.clear();
  clusterPhase = clusterArrived = 0;
}

/// Threads of a warp execute an aligned barrier together, so they are at one op.
void Barriers::checkWarp(Block &block, uint32_t id, Barrier &barrier, const Site *site) {
  const Site *&first = barrier.warpSites[block.thread() / warpSize];
  if (!first)
    first = site;
  if (first != site)
    block.fail(site, "expected the threads of a warp at one barrier, got some of them at barrier " +
                         std::to_string(id) + " at " + first->location);
}

Barriers::Barrier &Barriers::enter(Block &block, uint32_t id, uint32_t expected, const Site *site) {
  if (id >= number)
    block.fail(site, "expected a barrier from 0 to 15, got " + std::to_string(id));
  if (expected == 0)
    expected = block.numThreads();
  if (expected > block.numThreads() || (expected % warpSize != 0 && expected != block.numThreads()))
    block.fail(site, "expected a barrier of whole warps and at most " +
                         std::to_string(block.numThreads()) + " threads, got one of " +
                         std::to_string(expected));
  Barrier &barrier = barriers[id];
  if (barrier.arrived.empty()) {
    barrier.expected = expected;
    barrier.predicates = 0;
    barrier.site = site;
    barrier.warpSites.assign(countWarps(block.numThreads()), nullptr);
  } else if (barrier.expected != expected) {
    block.fail(site, "expected barrier " + std::to_string(id) + " to be of " +
                         std::to_string(barrier.expected) + " threads as at " +
                         barrier.site->location + ", got " + std::to_string(expected));
  }
  checkWarp(block, id, barrier, site);
  barrier.arrived.push_back(block.thread());
  return barrier;
}

static uint32_t getWarps(const std::vector<uint32_t> &threads) {
  uint32_t warps = 0;
  for (uint32_t thread : threads)
    warps |= 1u << thread / warpSize;
  return warps;
}

/// Tells the race detector who has waited for whom.
void Barriers::synchronize(Block &block, const Barrier &barrier, bool waits) {
  if (barrier.arrived.size() == block.numThreads())
    block.device.traffic.countIfMany(block.counters);
  if (!block.races().isEnabled())
    return;
  if (barrier.arrived.size() == block.numThreads() &&
      barrier.waiting.size() + waits == block.numThreads())
    return block.races().syncBlock();
  uint32_t waiting = getWarps(barrier.waiting);
  if (waits)
    waiting |= 1u << block.thread() / warpSize;
  block.races().syncWarps(getWarps(barrier.arrived), waiting);
}

bool Barriers::openIfComplete(Block &block, Barrier &barrier, bool waits) {
  if (barrier.arrived.size() < barrier.expected)
    return false;
  synchronize(block, barrier, waits);
  ++block.counters.barriers;
  barrier.result = barrier.predicates;
  for (uint32_t thread : barrier.waiting)
    block.scheduler().makeReady(thread);
  barrier.arrived.clear();
  barrier.waiting.clear();
  return true;
}

uint32_t Barriers::wait(Block &block, uint32_t id, uint32_t expected, BarrierReduction reduction,
                        bool predicate, const Site *site) {
  Barrier &barrier = enter(block, id, expected, site);
  barrier.predicates += predicate;
  uint32_t numThreads = barrier.expected;
  if (!openIfComplete(block, barrier, /*waits=*/true)) {
    barrier.waiting.push_back(block.thread());
    block.scheduler().wait(site);
  }
  uint32_t count = barrier.result;
  switch (reduction) {
  case BarrierReduction::And:
    return count == numThreads;
  case BarrierReduction::Or:
    return count != 0;
  default:
    return count;
  }
}

void Barriers::arrive(Block &block, uint32_t id, uint32_t expected, const Site *site) {
  openIfComplete(block, enter(block, id, expected, site), /*waits=*/false);
}

void Barriers::arriveAtCluster(Block &block, const Site *site) {
  clusterArrivals.resize(block.numThreads());
  uint32_t &arrivals = clusterArrivals[block.thread()];
  if (arrivals != clusterPhase)
    block.fail(site, "expected a cluster.wait between two arrivals at the barrier of the cluster");
  ++arrivals;
  if (++clusterArrived < block.numThreads())
    return;
  clusterArrived = 0;
  ++clusterPhase;
  ++block.counters.barriers;
  // Those that wait later have arrived before all others did the same.
  if (block.races().isEnabled())
    block.races().syncBlock();
  for (uint32_t thread : clusterWaiting)
    block.scheduler().makeReady(thread);
  clusterWaiting.clear();
}

void Barriers::waitForCluster(Block &block, const Site *site) {
  clusterArrivals.resize(block.numThreads());
  if (clusterArrivals[block.thread()] == 0)
    block.fail(site, "expected a cluster.arrive before this wait");
  if (clusterArrivals[block.thread()] <= clusterPhase)
    return;
  clusterWaiting.push_back(block.thread());
  block.scheduler().wait(site);
}

std::string Barriers::describeDeadlock(const Block &block) const {
  if (!clusterWaiting.empty())
    return std::to_string(clusterArrived) + " of " + std::to_string(block.numThreads()) +
           " threads arrived at the barrier of the cluster; " + listThreads(clusterWaiting) +
           " wait at " + block.device.scheduler.getSite(clusterWaiting.front())->location;
  for (uint32_t id = 0; id < number; ++id) {
    const Barrier &barrier = barriers[id];
    if (barrier.arrived.empty())
      continue;
    return std::to_string(barrier.arrived.size()) + " of " + std::to_string(barrier.expected) +
           " threads arrived at barrier " + std::to_string(id) + " at " + barrier.site->location +
           describeAbsent(block, 0, block.numThreads(), barrier.arrived);
  }
  return "";
}
