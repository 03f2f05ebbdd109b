//===- Calls.cpp - Long calls, and how they are interrupted ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Calls.h"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <memory>
#include <mutex>
#include <pthread.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

namespace nb = nanobind;
using namespace tconv::python;

namespace {

/// How often a waiting caller looks for signals: too short for anybody to notice.
constexpr std::chrono::milliseconds lookForSignals(20);

struct Call {
  std::function<Outcome()> work;
  Outcome outcome;
  std::mutex mutex;
  std::condition_variable changed;
  bool isDone = false;

  void run() {
    outcome = work();
    std::lock_guard lock(mutex);
    isDone = true;
    changed.notify_all();
  }
  /// Whether the work has ended, at the latest after some milliseconds.
  bool waitAWhile() {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, lookForSignals, [this] { return isDone; });
  }
};

struct Abandoned {
  std::shared_ptr<Call> call;
  std::shared_ptr<void> kept;
  /// The threads of a parent do not exist in its child.
  pid_t process = getpid();
};

/// Guarded by the GIL; never destroyed, as it holds objects of Python's.
std::vector<Abandoned> &abandoned() {
  static auto *list = new std::vector<Abandoned>();
  return *list;
}

/// Waits, without the GIL but for looks at signals. Throws what a signal raises.
void wait(Call &call) {
  for (;;) {
    {
      nb::gil_scoped_release release;
      if (call.waitAWhile())
        return;
    }
    if (PyErr_CheckSignals() != 0)
      throw nb::python_error();
  }
}

/// Lets go of what ended since; what a parent abandoned stays with the parent.
void dropEnded() {
  std::erase_if(abandoned(), [](Abandoned &entry) {
    if (entry.process != getpid())
      return false;
    std::lock_guard lock(entry.call->mutex);
    return entry.call->isDone;
  });
}

/// Starts a thread that gets no signals, which are for those of Python.
void start(const std::shared_ptr<Call> &call) {
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  try {
    std::thread([call] { call->run(); }).detach();
  } catch (const std::system_error &) { // the system has no thread left
    pthread_sigmask(SIG_SETMASK, &previous, nullptr);
    nb::gil_scoped_release release;
    call->run();
    return;
  }
  pthread_sigmask(SIG_SETMASK, &previous, nullptr);
}

} // namespace

void tconv::python::callInterruptibly(std::function<Outcome()> work, std::shared_ptr<void> kept) {
  dropEnded();
  auto call = std::make_shared<Call>();
  call->work = std::move(work);
  start(call);
  try {
    wait(*call);
  } catch (nb::python_error &) {
    abandoned().push_back({call, std::move(kept)});
    throw;
  }
  check(call->outcome);
}

void tconv::python::waitForAbandoned() {
  for (Abandoned &entry : abandoned())
    if (entry.process == getpid())
      wait(*entry.call);
  abandoned().clear();
}
