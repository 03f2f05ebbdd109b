//===- CachingAllocator.cpp - Memory that is kept for the next run --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A block is the C library's, which knows its size: whoever gets it as a result may free it. The
// few blocks that are kept stand in the order in which they came; the oldest goes first. Nobody
// waits for them: a thread that finds them in use does without, so that a process that was forked
// meanwhile is not stuck. They are not on huge pages: planes a power of two apart then fall into
// few sets of the second cache (layers with channels first took up to twice as long, Sapphire
// Rapids).
//
// Test: unittests/Runtime/CachingAllocatorTest.cpp
//
//===----------------------------------------------------------------------===//

#include "CachingAllocator.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <malloc.h>

using namespace tconv;

namespace {

class KeptBlocks {
public:
  /// Nothing is kept from here on.
  ~KeptBlocks() {
    if (enter())
      evict(count);
  }

  void *take(size_t bytes) {
    if (!enter())
      return nullptr;
    const size_t most = bytes + bytes / 4;
    Block *best = nullptr;
    for (Block *block = blocks; block != blocks + count; ++block)
      if (block->bytes >= bytes && block->bytes <= most && (!best || block->bytes <= best->bytes))
        best = block;
    void *memory = best ? best->memory : nullptr;
    if (best)
      remove(best);
    leave();
    return memory;
  }

  bool put(void *memory, size_t bytes) {
    if (!enter())
      return false;
    while (count == mostBlocks || total + bytes > mostKeptBytes)
      evict(1);
    blocks[count++] = {memory, bytes};
    total += bytes;
    leave();
    return true;
  }

  void release() {
    if (!enter())
      return;
    evict(count);
    leave();
  }

private:
  struct Block {
    void *memory;
    size_t bytes;
  };
  static constexpr int mostBlocks = 32;

  bool enter() { return !inUse.test_and_set(std::memory_order_acquire); }
  void leave() { inUse.clear(std::memory_order_release); }

  void remove(Block *block) {
    total -= block->bytes;
    std::copy(block + 1, blocks + count, block);
    --count;
  }

  void evict(int oldest) {
    for (; oldest > 0; --oldest) {
      std::free(blocks[0].memory);
      remove(blocks);
    }
  }

  std::atomic_flag inUse;
  Block blocks[mostBlocks] = {};
  int count = 0;
  size_t total = 0;
};

KeptBlocks kept;

} // namespace

void *tconv::allocateKept(size_t bytes) {
  if (bytes >= fewestKeptBytes)
    if (void *memory = kept.take(bytes))
      return memory;
  return std::malloc(std::max<size_t>(bytes, 1));
}

void tconv::freeKept(void *memory) {
  const size_t bytes = malloc_usable_size(memory);
  if (bytes < fewestKeptBytes || bytes > mostKeptBytes || !kept.put(memory, bytes))
    std::free(memory);
}

void tconv::releaseKept() { kept.release(); }
