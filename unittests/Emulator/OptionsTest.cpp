//===- OptionsTest.cpp - Options of the emulator as text ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Emulator/EmulatorOptions.h"

#include "gtest/gtest.h"

using namespace tconv;

TEST(EmulatorOptions, AreReadAsTheyArePrinted) {
  std::string text = "async-copies=late,thread-order=random,seed=7,race-check=off,warp-traffic=on";
  auto options = parseEmulatorOptions(text);
  ASSERT_TRUE(options.ok());
  EXPECT_EQ(toString(*options), text);
  EXPECT_EQ(toString(*parseEmulatorOptions("")), toString(EmulatorOptions()));
}

TEST(EmulatorOptions, SayWhatTheyExpect) {
  auto message = [](const char *text) { return parseEmulatorOptions(text).message(); };
  EXPECT_EQ(message("async-copies=never"), "expected early or late for async-copies, got 'never'");
  EXPECT_EQ(message("thread-order=up"),
            "expected forward, reverse or random for thread-order, got 'up'");
  EXPECT_EQ(message("seed=1x"), "expected a number for seed, got '1x'");
  EXPECT_EQ(message("race-check=1"), "expected on or off for race-check, got '1'");
  EXPECT_EQ(message("late"), "expected key=value among the emulator's options, got 'late'");
  EXPECT_EQ(message("speed=9"),
            "expected async-copies, thread-order, seed, race-check or warp-traffic, got 'speed'");
}
