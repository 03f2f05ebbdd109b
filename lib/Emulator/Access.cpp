//===- Access.cpp - Loads and stores of kernels ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Called before each access to memory, so that the common way is short: a site remembers
// the region of its last access, and only another one is looked for. Accesses to shared
// memory are told to the race detector, and all of them to the counters of traffic if
// those are wanted.
//
//===----------------------------------------------------------------------===//

#include "Access.h"

#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::emulator;

static void countShared(const Site &site, EmulatorCounters &counters) {
  uint64_t bytes = site.count * site.bytes;
  if (site.kind == SiteKind::Store) {
    counters.sharedStores += site.count;
    counters.sharedStoreBytes += bytes;
  } else {
    counters.sharedLoads += site.count;
    counters.sharedLoadBytes += bytes;
  }
}

static void countGlobal(const Site &site, EmulatorCounters &counters) {
  uint64_t bytes = site.count * site.bytes;
  if (site.kind == SiteKind::Store) {
    counters.globalStores += site.count;
    counters.globalStoreBytes += bytes;
  } else {
    counters.globalLoads += site.count;
    counters.globalLoadBytes += bytes;
  }
}

void emulator::settleSite(Site &site, EmulatorCounters &counters) {
  if (site.kind == SiteKind::Atomic)
    counters.atomics += site.count;
  else if (site.kind != SiteKind::Other && site.found == SiteSpace::Shared)
    countShared(site, counters);
  else if (site.kind != SiteKind::Other && site.found == SiteSpace::Global)
    countGlobal(site, counters);
  site.earlierCount += site.count;
  site.count = 0;
}

static const Region *findShared(const Block &block, uint64_t address, uint64_t bytes) {
  for (const Region &region : block.shared)
    if (address - region.base < region.bytes && bytes <= region.bytes - (address - region.base))
      return &region;
  return nullptr;
}

static std::string describeShared(const Block &block, uint64_t address, uint64_t bytes) {
  if (block.shared.empty())
    return "the block has no shared memory";
  const Region *nearest = nullptr;
  uint64_t least = UINT64_MAX;
  for (const Region &region : block.shared) {
    uint64_t distance = address < region.base
                            ? region.base - address
                            : address - std::min(address, region.base + region.bytes);
    if (distance < least) {
      least = distance;
      nearest = &region;
    }
  }
  return describePosition(*nearest, address, bytes);
}

static bool isInSharedMemory(const Block &block, uint64_t address) {
  return address - reinterpret_cast<uint64_t>(block.device.shared) < DeviceState::sharedAlignment;
}

/// The region of an access, of memory that the site's pointer may be to; null if there is none.
static const Region *findRegion(const Block &block, uint64_t address, uint64_t bytes,
                                const Site &site) {
  bool shared = isInSharedMemory(block, address);
  if (site.space == SiteSpace::Shared || (site.space == SiteSpace::Generic && shared))
    return findShared(block, address, bytes);
  return block.device.memory.find(address, bytes);
}

[[noreturn]] static void failAccess(Block &block, uint64_t address, uint64_t bytes,
                                    const Site &site) {
  const char *kinds[] = {"load", "store", "atomic access", "access"};
  const char *spaces[] = {"generic", "global", "shared", "constant", "local"};
  std::string text = std::string("expected the ") + kinds[static_cast<int>(site.kind)] + " of " +
                     std::to_string(bytes) + " bytes to be in " +
                     spaces[static_cast<int>(site.space)] +
                     " memory that is allocated, got address " + hex(address) + ", ";
  bool shared = site.space == SiteSpace::Shared || isInSharedMemory(block, address);
  text += shared ? describeShared(block, address, bytes)
                 : block.device.memory.describeNearest(address, bytes);
  block.fail(&site, text);
}

/// Remembers where an access was, so that the next one at the site is found there at once.
static void cacheRegion(Block &block, Site &site, const Region &region, uint64_t bytes) {
  settleSite(site, block.counters);
  site.base = region.base;
  site.limit = region.bytes - bytes + 1;
  site.found = region.space;
}

bool emulator::checkAccess(Block &block, uint64_t address, uint64_t bytes, Site &site) {
  if (address % site.alignment != 0)
    block.fail(&site, "expected an address aligned to " + std::to_string(site.alignment) +
                          " bytes, got " + hex(address));
  if (address - site.base < site.limit)
    return true;
  bool local = site.space == SiteSpace::Local || site.space == SiteSpace::Generic;
  if (local && block.scheduler().isOnStack(address))
    return false;
  const Region *region = findRegion(block, address, bytes, site);
  if (!region)
    failAccess(block, address, bytes, site);
  cacheRegion(block, site, *region, bytes);
  return true;
}

/// For the accesses of warps, and of those to shared memory for races.
static void noteAccess(Block &block, uint64_t address, uint64_t bytes, const Site &site) {
  if (block.device.traffic.isEnabled())
    block.device.traffic.note(block.thread(), address, static_cast<uint32_t>(bytes), site);
  if (site.found != SiteSpace::Shared || !block.races().isEnabled())
    return;
  auto who = static_cast<Accessor>(block.thread());
  if (site.kind == SiteKind::Load)
    block.races().read(block, address, bytes, site, who);
  else
    block.races().write(block, address, bytes, site,
                        site.kind == SiteKind::Atomic ? atomicAccess : who);
}

void tconvEmuAccess(uint64_t address, Site *site) {
  Block &block = Block::current();
  if (address - site->base >= site->limit || (address & (site->alignment - 1)))
    if (!checkAccess(block, address, site->bytes, *site))
      return;
  ++site->count;
  if (site->found == SiteSpace::Shared || block.device.traffic.isEnabled())
    noteAccess(block, address, site->bytes, *site);
}

void tconvEmuAccessRange(uint64_t address, uint64_t bytes, Site *site) {
  if (bytes == 0)
    return;
  Block &block = Block::current();
  // The cached region is for accesses of one size.
  site->limit = 0;
  if (checkAccess(block, address, bytes, *site)) {
    ++site->count;
    noteAccess(block, address, bytes, *site);
  }
  site->limit = 0;
}
