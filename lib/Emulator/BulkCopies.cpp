//===- BulkCopies.cpp - Copies of whole ranges and boxes ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "BulkCopies.h"

#include "Block.h"

#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

void BulkCopy::load() const {
  if (tensor)
    tensor->load();
  else
    memcpy(reinterpret_cast<void *>(shared), reinterpret_cast<const void *>(global), bytes);
}

void BulkCopy::store(const char *source) const {
  if (tensor)
    tensor->store(source);
  else
    memcpy(reinterpret_cast<void *>(global), source, bytes);
}

void BulkStores::reset(uint32_t numThreads) {
  threads.resize(numThreads);
  for (Thread &thread : threads) {
    thread.open.clear();
    thread.committed.clear();
  }
}

/// Early copies are done at once; shared memory may still not be written before a wait.
void BulkStores::issue(Block &block, BulkCopy copy) {
  if (block.races().isEnabled())
    block.races().startCopyFrom(block, copy.shared, copy.bytes, *copy.site);
  if (block.device.options.asyncCopies == AsyncCopyTime::Early)
    copy.store(reinterpret_cast<const char *>(copy.shared));
  threads[block.thread()].open.push_back({std::move(copy), {}, false});
}

void BulkStores::commit(Block &block) {
  Thread &thread = threads[block.thread()];
  thread.committed.push_back(std::move(thread.open));
  thread.open.clear();
}

void BulkStores::read(Block &block, Group &group) {
  for (Store &store : group) {
    if (store.isRead)
      continue;
    auto *begin = reinterpret_cast<const char *>(store.copy.shared);
    store.source.assign(begin, begin + store.copy.bytes);
    store.isRead = true;
    if (block.races().isEnabled())
      block.races().finishCopyFrom(block, store.copy.shared, store.copy.bytes, *store.copy.site);
  }
}

void BulkStores::write(Block &block, const Group &group) {
  if (block.device.options.asyncCopies == AsyncCopyTime::Late)
    for (const Store &store : group)
      store.copy.store(store.source.data());
}

void BulkStores::wait(Block &block, uint32_t pending, bool readOnly) {
  std::deque<Group> &groups = threads[block.thread()].committed;
  for (size_t index = 0; index + pending < groups.size(); ++index)
    read(block, groups[index]);
  for (; !readOnly && groups.size() > pending; groups.pop_front())
    write(block, groups.front());
}

Status BulkStores::finish(Block &block) {
  for (uint32_t number = 0; number < threads.size(); ++number) {
    Thread &thread = threads[number];
    thread.committed.push_back(std::move(thread.open));
    for (const Group &group : thread.committed)
      for (const Store &store : group)
        if (!store.isRead)
          return Error{std::string(store.copy.site->location) + ": " + store.copy.site->operation +
                       ": expected a wait until shared memory has been read before the end of the "
                       "kernel; in kernel " +
                       block.kernel.name + ", " + describeThread(block, number)};
    for (const Group &group : thread.committed)
      write(block, group);
  }
  return success();
}
