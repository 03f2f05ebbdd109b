//===- CachingAllocatorTest.cpp - Tests of memory that is kept ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Runtime/CachingAllocator.h"

#include "gtest/gtest.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

using namespace tconv;

namespace {

// A block comes back for about as many bytes, not for more than it has or for far fewer.
TEST(CachingAllocator, GivesBackWhatFits) {
  releaseKept();
  constexpr size_t bytes = size_t(1) << 20;
  void *first = allocateKept(bytes);
  freeKept(first);
  void *larger = allocateKept(2 * bytes), *smaller = allocateKept(bytes / 2);
  EXPECT_NE(larger, first);
  EXPECT_NE(smaller, first);
  void *same = allocateKept(bytes - 100);
  EXPECT_EQ(same, first);
  for (void *memory : {larger, smaller, same})
    std::free(memory);
}

// More blocks than are kept, and more bytes: all are usable, and the last one is still there.
TEST(CachingAllocator, KeepsTheNewestWithinItsBounds) {
  releaseKept();
  for (size_t bytes : {fewestKeptBytes, mostKeptBytes / 3, mostKeptBytes}) {
    std::vector<void *> blocks;
    const int count = bytes == fewestKeptBytes ? 40 : 4;
    for (int index = 0; index < count; ++index)
      blocks.push_back(allocateKept(bytes));
    for (void *memory : blocks) {
      ASSERT_NE(memory, nullptr);
      freeKept(memory);
    }
    // The C library's blocks are somewhat larger than what was asked for.
    void *again = allocateKept(bytes);
    if (bytes < mostKeptBytes)
      EXPECT_EQ(again, blocks.back());
    freeKept(again);
  }
  releaseKept();
}

// Threads that take and give back at the same time never share a block.
TEST(CachingAllocator, GivesABlockToOneThread) {
  std::atomic<int> wrong{0};
  auto work = [&](unsigned char mark) {
    for (int round = 0; round < 2000; ++round) {
      const size_t bytes = fewestKeptBytes + static_cast<size_t>(round % 7) * 4096;
      auto *memory = static_cast<unsigned char *>(allocateKept(bytes));
      std::memset(memory, mark, 256);
      memory[bytes - 1] = mark;
      std::this_thread::yield();
      for (int at = 0; at < 256; ++at)
        wrong += memory[at] != mark;
      wrong += memory[bytes - 1] != mark;
      freeKept(memory);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned char mark = 1; mark <= 4; ++mark)
    threads.emplace_back(work, mark);
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace
