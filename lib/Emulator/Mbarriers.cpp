//===- Mbarriers.cpp - mbarrier objects in shared memory ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A phase of an mbarrier ends when as many arrivals and as many bytes have come as it
// expects; the state is kept here, not in shared memory. Bytes of a copy come when it
// lands: at once or, with late copies, when a thread waits and nothing else is missing, so
// that what is read before the wait is what was there before. Who waits for a phase knows
// what those did who arrived in it, which the race detector is told.
//
//===----------------------------------------------------------------------===//

#include "Mbarriers.h"

#include "Access.h"
#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"

#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

// So many tests without any other event are a loop that never ends.
static constexpr uint32_t maxFailedTests = 1 << 20;

// The most arrivals that a phase may need.
static constexpr uint32_t maxCount = (1 << 20) - 1;

// The most bytes that it may expect.
static constexpr int64_t maxBytes = (1 << 20) - 1;

void Mbarriers::initialize(Block &block, uint64_t address, uint32_t count, const Site *site) {
  if (count == 0 || count > maxCount)
    block.fail(site, "expected an mbarrier of 1 to " + std::to_string(maxCount) +
                         " arrivals, got " + std::to_string(count));
  Object object;
  object.expected = count;
  object.pending = count;
  object.initializer = block.thread();
  objects[address] = object;
}

void Mbarriers::announce(uint32_t thread) {
  for (auto &[address, object] : objects)
    object.announced |= object.initializer == thread;
}

void Mbarriers::invalidate(Block &block, uint64_t address, const Site *site) {
  find(block, address, site);
  objects.erase(address);
}

Mbarriers::Object &Mbarriers::find(Block &block, uint64_t address, const Site *site) {
  auto found = objects.find(address);
  if (found == objects.end())
    block.fail(site, "expected an mbarrier that was initialised, got address " + hex(address));
  return found->second;
}

void Mbarriers::load(Block &block, uint64_t address, BulkLoad load, const Site *site) {
  Object &object = find(block, address, site);
  if (!object.announced)
    block.fail(site,
               "expected a fence.mbarrier_init between the initialisation of an mbarrier, by " +
                   describeThread(block, object.initializer) + ", and a bulk copy that it counts");
  if (block.races().isEnabled())
    load.known =
        block.races().startBulkCopy(block, load.copy.shared, load.copy.bytes, *load.copy.site);
  bool isLate = block.device.options.asyncCopies == AsyncCopyTime::Late;
  if (isLate)
    memset(reinterpret_cast<void *>(load.copy.shared), MemoryMap::poison, load.copy.bytes);
  object.loads.push_back(std::move(load));
  if (!isLate)
    complete(block, object, object.loads.back(), site);
  wakeWaiting(block, object);
}

/// The bytes of a copy come.
void Mbarriers::complete(Block &block, Object &object, BulkLoad &load, const Site *site) {
  load.copy.load();
  load.phase = object.phase;
  object.bytes -= static_cast<int64_t>(load.counted);
  openIfComplete(block, object, site);
}

/// Lands copies, in their order, if nothing but their bytes is missing for the phase to end.
void Mbarriers::landLoads(Block &block, Object &object, const Site *site) {
  uint64_t phase = object.phase;
  for (BulkLoad &load : object.loads) {
    if (object.phase != phase || object.pending != 0)
      return;
    if (!load.phase)
      complete(block, object, load, site);
  }
}

/// The current thread knows now what came before the end of the last phase.
void Mbarriers::acquire(Block &block, Object &object) {
  bool checks = block.races().isEnabled();
  for (; !object.loads.empty(); object.loads.pop_front()) {
    const BulkLoad &load = object.loads.front();
    if (!load.phase || *load.phase >= object.phase)
      break;
    if (checks)
      block.races().finishBulkCopy(load.copy.shared, load.copy.bytes, load.known, object.known);
  }
  if (checks)
    block.races().acquire(block.thread() / warpSize, object.known);
}

/// Those who wait look again.
void Mbarriers::wakeWaiting(Block &block, Object &object) {
  for (uint32_t thread : object.waiting)
    block.scheduler().makeReady(thread);
  object.waiting.clear();
}

void Mbarriers::openIfComplete(Block &block, Object &object, const Site *site) {
  if (object.bytes > maxBytes || object.bytes < -maxBytes)
    block.fail(site, "expected at most " + std::to_string(maxBytes) +
                         " bytes for a phase of the mbarrier, got " + std::to_string(object.bytes));
  if (object.pending < 0)
    block.fail(site, "expected " + std::to_string(object.expected) +
                         " arrivals in a phase of the mbarrier, got more");
  if (object.pending == 0 && object.bytes != 0)
    wakeWaiting(block, object);
  if (object.pending != 0 || object.bytes != 0)
    return;
  ++object.phase;
  ++block.counters.barriers;
  failedTests = 0;
  object.pending = object.expected;
  wakeWaiting(block, object);
}

uint64_t Mbarriers::arrive(Block &block, uint64_t address, uint32_t count, int64_t bytes,
                           const Site *site) {
  Object &object = find(block, address, site);
  uint64_t phase = object.phase;
  if (block.races().isEnabled())
    block.races().release(block.thread() / warpSize, object.known);
  object.bytes += bytes;
  object.pending -= count;
  openIfComplete(block, object, site);
  return phase;
}

void Mbarriers::expect(Block &block, uint64_t address, int64_t bytes, const Site *site) {
  Object &object = find(block, address, site);
  object.bytes += bytes;
  openIfComplete(block, object, site);
}

bool Mbarriers::isOver(const Object &object, uint64_t phase, bool isParity) {
  return isParity ? (object.phase & 1) != (phase & 1) : object.phase != phase;
}

bool Mbarriers::test(Block &block, uint64_t address, uint64_t phase, bool isParity,
                     const Site *site) {
  Object &object = find(block, address, site);
  if (!isOver(object, phase, isParity))
    landLoads(block, object, site);
  if (isOver(object, phase, isParity)) {
    acquire(block, object);
    return true;
  }
  if (++failedTests > maxFailedTests)
    block.fail(site, "expected a phase of the mbarrier to end, got " +
                         std::to_string(maxFailedTests) + " tests while nothing happened");
  block.scheduler().yield();
  return false;
}

void Mbarriers::wait(Block &block, uint64_t address, uint64_t phase, bool isParity,
                     const Site *site) {
  Object &object = find(block, address, site);
  while (!isOver(object, phase, isParity)) {
    landLoads(block, object, site);
    if (isOver(object, phase, isParity))
      break;
    object.waiting.push_back(block.thread());
    block.scheduler().wait(site);
  }
  acquire(block, object);
}

std::string Mbarriers::describeDeadlock(const Block &block) const {
  for (const auto &[address, object] : objects)
    if (!object.waiting.empty()) {
      const Site *site = block.device.scheduler.getSite(object.waiting.front());
      return listThreads(object.waiting) + " wait at " + site->operation + " at " + site->location +
             " for phase " + std::to_string(object.phase) + " of an mbarrier, which lacks " +
             std::to_string(object.pending) + " arrivals and " + std::to_string(object.bytes) +
             " bytes";
    }
  return "";
}

static Block &enter(uint64_t address, Site *site) {
  Block &block = Block::current();
  ++site->count;
  checkAccess(block, address, site->bytes, *site);
  return block;
}

void tconvEmuMbarrierInit(uint64_t address, uint32_t count, uint32_t predicate, Site *site) {
  if (!predicate)
    return;
  Block &block = enter(address, site);
  block.mbarriers.initialize(block, address, count, site);
}

void tconvEmuMbarrierInvalidate(uint64_t address, Site *site) {
  Block &block = enter(address, site);
  block.mbarriers.invalidate(block, address, site);
}

uint64_t tconvEmuMbarrierArrive(uint64_t address, uint32_t count, uint32_t bytes,
                                uint32_t predicate, Site *site) {
  if (!predicate)
    return 0;
  Block &block = enter(address, site);
  return block.mbarriers.arrive(block, address, count, bytes, site);
}

void tconvEmuMbarrierExpect(uint64_t address, int64_t bytes, Site *site) {
  Block &block = enter(address, site);
  block.mbarriers.expect(block, address, bytes, site);
}

uint32_t tconvEmuMbarrierTest(uint64_t address, uint64_t phase, uint32_t isParity, uint32_t waits,
                              Site *site) {
  Block &block = enter(address, site);
  if (!waits)
    return block.mbarriers.test(block, address, phase, isParity, site);
  block.mbarriers.wait(block, address, phase, isParity, site);
  return true;
}

void tconvEmuMbarrierArriveOnCopies(uint64_t address, uint32_t counted, Site *site) {
  Block &block = enter(address, site);
  block.copies.waitAll(block);
  // Otherwise the arrival is one that the mbarrier did not wait for before.
  if (counted)
    block.mbarriers.arrive(block, address, 1, 0, site);
}
