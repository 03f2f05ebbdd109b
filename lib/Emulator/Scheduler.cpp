//===- Scheduler.cpp - Which thread of a block runs -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scheduler.h"

#include <algorithm>
#include <numeric>

using namespace tconv;
using namespace tconv::emulator;

namespace {

/// Whose threads the fibers of this thread of the operating system run.
thread_local Scheduler *running = nullptr;

} // namespace

void Scheduler::setUp(const EmulatorOptions &options, void (*entry)(const uint64_t *),
                      const uint64_t *arguments) {
  this->entry = entry;
  this->arguments = arguments;
  threadOrder = options.threadOrder;
  random.seed(options.seed);
  order.clear();
}

/// Puts the threads in order; a random one is another for each block.
void Scheduler::shuffle() {
  if (order.size() == number && threadOrder != ThreadOrder::Random)
    return;
  order.resize(number);
  places.resize(number);
  std::iota(order.begin(), order.end(), 0);
  if (threadOrder == ThreadOrder::Reverse)
    std::reverse(order.begin(), order.end());
  if (threadOrder == ThreadOrder::Random)
    std::shuffle(order.begin(), order.end(), random);
  for (uint32_t place = 0; place < number; ++place)
    places[order[place]] = place;
}

Status Scheduler::run(uint32_t threads) {
  number = threads;
  shuffle();
  states.assign(number, State::New);
  sites.assign(number, nullptr);
  fibers.resize(number);
  contexts.resize(number);
  idleStacks.clear();
  usedStacks = 0;
  switches = 0;
  failed = false;
  // A stack for each thread at most, so that no start can fail.
  if (Status status = stacks.reserve(number); !status)
    return status;
  Scheduler *outer = running;
  running = this;
  currentThread = order.front();
  fibers[currentThread] = usedStacks++;
  Context start;
  stacks.prepare(start, 0, runThreads);
  switchContext(host, start);
  running = outer;
  if (failed)
    return Error{std::move(failure)};
  return success();
}

/// What each fiber runs: new threads one after the other, as long as none has to go on that
/// stopped before.
void Scheduler::runThreads() {
  startContext();
  Scheduler &self = *running;
  while (true) {
    self.states[self.currentThread] = State::Ready;
    self.entry(self.arguments);
    self.finishThread();
  }
}

/// Chooses the next thread, which the caller's loop starts on this stack if it is new.
void Scheduler::finishThread() {
  uint32_t stack = fibers[currentThread];
  states[currentThread] = State::Done;
  if (!findNext())
    leaveContext(host);
  ++switches;
  if (states[currentThread] == State::New) {
    fibers[currentThread] = stack;
    return;
  }
  idleStacks.push_back(stack);
  leaveContext(contexts[currentThread]);
}

/// Makes the next thread in order that can go on the current one. None is left if all have
/// ended.
bool Scheduler::findNext() {
  while (true) {
    uint32_t place = places[currentThread];
    if (threadOrder == ThreadOrder::Random)
      place = random() % number;
    bool waiting = false;
    for (uint32_t step = 0; step < number; ++step) {
      if (++place >= number)
        place = 0;
      State state = states[order[place]];
      if (state == State::New || state == State::Ready) {
        currentThread = order[place];
        return true;
      }
      waiting |= state == State::Waiting;
    }
    if (!waiting)
      return false;
    onDeadlock();
  }
}

void Scheduler::runNext() {
  Context &from = contexts[currentThread];
  uint32_t before = currentThread;
  findNext();
  if (currentThread == before)
    return;
  ++switches;
  if (states[currentThread] == State::New) {
    uint32_t stack = usedStacks;
    if (idleStacks.empty()) {
      ++usedStacks;
    } else {
      stack = idleStacks.back();
      idleStacks.pop_back();
    }
    fibers[currentThread] = stack;
    stacks.prepare(contexts[currentThread], stack, runThreads);
  }
  switchContext(from, contexts[currentThread]);
}

void Scheduler::wait(const Site *site) {
  states[currentThread] = State::Waiting;
  sites[currentThread] = site;
  runNext();
}

void Scheduler::yield() {
  states[currentThread] = State::Ready;
  runNext();
}

void Scheduler::fail(std::string message) {
  failure = std::move(message);
  failed = true;
  leaveContext(host);
}
