//===- ResultMemoryTest.cpp - Tests of memory for results -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/ResultMemory.h"
#include "tconv/Runtime/Failure.h"

#include "gtest/gtest.h"

#include <thread>

using namespace tconv;

namespace {

// An allocation that fits takes the block, with or without room to move its beginning.
TEST(ResultMemory, IsTakenByWhatFits) {
  alignas(64) static char block[256];
  ResultMemory memory({{block, 256}});
  for (int64_t bytes : {256, 320}) {
    void *taken = tconvAllocate(bytes);
    EXPECT_EQ(taken, block);
    void *other = tconvAllocate(bytes);
    EXPECT_NE(other, block);
    tconvFree(other);
    tconvFree(taken);
  }
  for (int64_t bytes : {255, 257, 321}) {
    void *other = tconvAllocate(bytes);
    EXPECT_NE(other, block);
    tconvFree(other);
  }
}

// It is for this thread, and as long as it is offered.
TEST(ResultMemory, IsOfOneThread) {
  alignas(64) static char block[256];
  {
    ResultMemory memory({{block, 256}});
    std::thread([] {
      void *other = tconvAllocate(256);
      EXPECT_NE(other, block);
      tconvFree(other);
    }).join();
  }
  void *other = tconvAllocate(256);
  EXPECT_NE(other, block);
  tconvFree(other);
}

} // namespace
