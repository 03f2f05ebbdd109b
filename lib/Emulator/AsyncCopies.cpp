//===- AsyncCopies.cpp - Copies from global to shared memory --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AsyncCopies.h"

#include "Block.h"

#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

void AsyncCopies::reset(uint32_t numThreads) {
  threads.resize(numThreads);
  for (Thread &thread : threads) {
    thread.open.clear();
    thread.committed.clear();
  }
}

static void copyNow(uint64_t to, uint64_t from, uint32_t bytes, uint32_t sourceBytes) {
  auto *destination = reinterpret_cast<char *>(to);
  memcpy(destination, reinterpret_cast<const void *>(from), sourceBytes);
  memset(destination + sourceBytes, 0, bytes - sourceBytes);
}

void AsyncCopies::issue(Block &block, uint64_t to, uint64_t from, uint32_t bytes,
                        uint32_t sourceBytes, const Site *site) {
  ++block.counters.asyncCopies;
  block.counters.asyncCopyBytes += sourceBytes;
  if (block.device.options.asyncCopies == AsyncCopyTime::Early)
    copyNow(to, from, bytes, sourceBytes);
  else
    memset(reinterpret_cast<void *>(to), MemoryMap::poison, bytes);
  if (block.races().isEnabled())
    block.races().startCopy(block, to, bytes, *site);
  threads[block.thread()].open.push_back({to, from, bytes, sourceBytes, site});
}

void AsyncCopies::commit(Block &block) {
  Thread &thread = threads[block.thread()];
  thread.committed.push_back(std::move(thread.open));
  thread.open.clear();
}

void AsyncCopies::land(Block &block, const Group &group) {
  for (const Copy &copy : group) {
    if (block.device.options.asyncCopies == AsyncCopyTime::Late)
      copyNow(copy.to, copy.from, copy.bytes, copy.sourceBytes);
    if (block.races().isEnabled())
      block.races().landCopy(block, copy.to, copy.bytes, *copy.site);
  }
}

void AsyncCopies::wait(Block &block, uint32_t pending) {
  Thread &thread = threads[block.thread()];
  for (; thread.committed.size() > pending; thread.committed.pop_front())
    land(block, thread.committed.front());
}

void AsyncCopies::waitAll(Block &block) {
  wait(block, 0);
  Thread &thread = threads[block.thread()];
  land(block, thread.open);
  thread.open.clear();
}
