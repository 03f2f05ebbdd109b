//===- FailureTest.cpp - Tests of reported failures -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Failure.h"

#include <gtest/gtest.h>

#include <thread>

using namespace tconv;

TEST(Failure, TheFirstOneCounts) {
  EXPECT_FALSE(tconvFailed());
  EXPECT_FALSE(tconvCheck(true, "no failure"));
  EXPECT_TRUE(tconvCheck(false, "first"));
  recordFailure("second");
  EXPECT_TRUE(tconvFailed());
  EXPECT_EQ(takeFailure(), "first");
  EXPECT_EQ(takeFailure(), std::nullopt);
}

TEST(Failure, BelongsToItsThread) {
  std::thread([] { recordFailure("elsewhere"); }).join();
  EXPECT_FALSE(tconvFailed());
}

TEST(Failure, MemoryThatIsNotThere) {
  EXPECT_EQ(tconvAllocate(-1), nullptr);
  std::string text = takeFailure().value_or("");
  EXPECT_EQ(text.find("not enough memory for an intermediate or a result: -1 bytes"), 0u) << text;
  void *memory = tconvAllocate(0);
  EXPECT_NE(memory, nullptr);
  EXPECT_FALSE(tconvFailed());
  tconvFree(memory);
}
