//===- Scheduler.h - Which thread of a block runs ------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Runs the threads of one block on fibers of one thread of the operating system: the current
// one until it has to wait or ends, then the next one that can go on.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_SCHEDULER_H
#define TCONV_LIB_EMULATOR_SCHEDULER_H

#include "Fiber.h"

#include "tconv/Emulator/EmulatorOptions.h"
#include "tconv/Emulator/Site.h"

#include <functional>
#include <random>

namespace tconv::emulator {

class Scheduler {
public:
  enum class State : uint8_t { New, Ready, Waiting, Done };

  /// How the threads of a launch are ordered, and what each of them runs.
  void setUp(const EmulatorOptions &options, void (*entry)(const uint64_t *),
             const uint64_t *arguments);

  /// Runs threads 0 to number - 1 until all have ended or one of them fails.
  Status run(uint32_t number);

  uint32_t current() const { return currentThread; }
  uint32_t size() const { return number; }
  State getState(uint32_t thread) const { return states[thread]; }
  /// What a thread waits at.
  const Site *getSite(uint32_t thread) const { return sites[thread]; }

  /// Lets others run until someone makes the current thread ready.
  void wait(const Site *site);
  /// Lets others run first.
  void yield();
  void makeReady(uint32_t thread) { states[thread] = State::Ready; }

  /// Ends the run of the block; no thread of it goes on.
  [[noreturn]] void fail(std::string message);

  /// Whether an address is on the stack of the current thread.
  bool isOnStack(uint64_t address) const { return stacks.contains(fibers[currentThread], address); }

  uint64_t getSwitches() const { return switches; }
  /// Called if no thread can go on; makes one ready, or fails with an explanation.
  std::function<void()> onDeadlock;

private:
  static void runThreads();
  void finishThread();
  void runNext();
  bool findNext();
  void shuffle();

  StackPool stacks;
  std::vector<State> states;
  std::vector<const Site *> sites;
  /// By thread: the number of its stack, and where it stopped.
  std::vector<uint32_t> fibers;
  std::vector<Context> contexts;
  /// Threads in their order, and the place of each.
  std::vector<uint32_t> order, places;
  std::vector<uint32_t> idleStacks;
  uint32_t number = 0, currentThread = 0, usedStacks = 0;
  Context host;
  std::string failure;
  bool failed = false;
  uint64_t switches = 0;
  std::mt19937_64 random;
  ThreadOrder threadOrder = ThreadOrder::Forward;
  void (*entry)(const uint64_t *) = nullptr;
  const uint64_t *arguments = nullptr;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_SCHEDULER_H
