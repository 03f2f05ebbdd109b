//===- ParallelTest.cpp - Tests of tasks on several threads -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Parallel.h"

#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/Threads.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace tconv;

namespace {

/// Calls a lambda as the body of a loop.
template <typename Function> void parallelFor(int64_t count, Function &&function) {
  tconvParallelFor(
      [](void *context, int64_t begin, int64_t end) {
        (*static_cast<std::remove_reference_t<Function> *>(context))(begin, end);
      },
      &function, count);
}

/// How often a loop of `count` tasks ran each of them.
std::vector<int> countRuns(int64_t count) {
  std::vector<std::atomic<int>> runs(count);
  parallelFor(count, [&](int64_t begin, int64_t end) {
    EXPECT_LT(begin, end);
    for (int64_t task = begin; task < end; ++task)
      ++runs.at(task);
  });
  return {runs.begin(), runs.end()};
}

void spendTime() {
  auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(200);
  while (std::chrono::steady_clock::now() < end)
    ;
}

/// The threads that take part in a loop whose tasks take some time.
std::set<std::thread::id> participants(int64_t count) {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  parallelFor(count, [&](int64_t, int64_t) {
    spendTime();
    std::lock_guard<std::mutex> guard(mutex);
    threads.insert(std::this_thread::get_id());
  });
  return threads;
}

/// Whether a loop is shared by several threads, sooner or later on a busy machine.
bool isShared() {
  for (int attempt = 0; attempt < 100; ++attempt)
    if (participants(64).size() > 1)
      return true;
  return false;
}

class Parallel : public testing::Test {
protected:
  ~Parallel() override {
    setNumThreads(0);
    setParallelFor(nullptr);
    takeFailure();
  }
};

} // namespace

TEST_F(Parallel, RunsEachTaskOnce) {
  for (int threads : {1, 2, 3, 8})
    for (int64_t count : {0, 1, 2, 3, 7, 64, 65, 1000, 4096}) {
      setNumThreads(threads);
      for (int repetition = 0; repetition < 20; ++repetition)
        ASSERT_EQ(countRuns(count), std::vector<int>(count, 1))
            << threads << " threads, " << count << " tasks";
    }
}

TEST_F(Parallel, WritesAreSeenAfterwards) {
  setNumThreads(4);
  std::vector<int64_t> squares(500);
  for (int64_t round = 1; round <= 200; ++round) {
    parallelFor(squares.size(), [&](int64_t begin, int64_t end) {
      for (int64_t task = begin; task < end; ++task)
        squares[task] = round * task;
    });
    for (int64_t task = 0; task < std::ssize(squares); ++task)
      ASSERT_EQ(squares[task], round * task);
  }
}

TEST_F(Parallel, UsesAtMostTheThreadsAskedFor) {
  setNumThreads(8);
  EXPECT_TRUE(isShared());
  for (int threads : {3, 2, 1}) {
    setNumThreads(threads);
    EXPECT_LE(participants(32).size(), static_cast<size_t>(threads));
  }
}

TEST_F(Parallel, FewTasksAreTakenOneByOne) {
  setNumThreads(2);
  parallelFor(64, [&](int64_t begin, int64_t end) { EXPECT_EQ(end, begin + 1); });
}

TEST_F(Parallel, OneThreadIsADirectCall) {
  setNumThreads(1);
  int calls = 0;
  parallelFor(1000, [&](int64_t begin, int64_t end) {
    EXPECT_EQ(begin, 0);
    EXPECT_EQ(end, 1000);
    ++calls;
  });
  EXPECT_EQ(calls, 1);
}

TEST_F(Parallel, NumberOfThreadsBelongsToTheThread) {
  EXPECT_EQ(getNumThreads(), defaultNumThreads());
  setNumThreads(5);
  std::thread([] { EXPECT_EQ(getNumThreads(), defaultNumThreads()); }).join();
  EXPECT_EQ(getNumThreads(), 5);
  setNumThreads(0);
  EXPECT_EQ(getNumThreads(), defaultNumThreads());
}

TEST_F(Parallel, NestedCallsRunWhereTheyAre) {
  setNumThreads(4);
  std::atomic<int> inner{0};
  parallelFor(16, [&](int64_t begin, int64_t end) {
    for (int64_t task = begin; task < end; ++task)
      parallelFor(10, [&, thread = std::this_thread::get_id()](int64_t begin, int64_t end) {
        EXPECT_EQ(std::this_thread::get_id(), thread);
        inner += static_cast<int>(end - begin);
      });
  });
  EXPECT_EQ(inner, 160);
}

TEST_F(Parallel, SeveralThreadsMayCallAtOnce) {
  auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
  std::vector<std::thread> hosts;
  for (int host = 0; host < 4; ++host)
    hosts.emplace_back([end, host] {
      setNumThreads(2 + host % 3);
      while (std::chrono::steady_clock::now() < end)
        for (int64_t count : {2, 50, 300})
          ASSERT_EQ(countRuns(count), std::vector<int>(count, 1));
    });
  for (std::thread &host : hosts)
    host.join();
}

TEST_F(Parallel, WorkersWakeUpAgain) {
  setNumThreads(4);
  for (int pause : {0, 1, 5}) {
    EXPECT_TRUE(isShared());
    std::this_thread::sleep_for(std::chrono::milliseconds(pause));
  }
}

TEST_F(Parallel, FailuresReachTheCaller) {
  setNumThreads(4);
  for (int64_t failing : {0, 17, 63}) {
    parallelFor(64, [&](int64_t begin, int64_t end) {
      spendTime();
      tconvCheck(begin > failing || failing >= end, "expected another task");
    });
    EXPECT_EQ(takeFailure(), "expected another task");
  }
  EXPECT_EQ(countRuns(64), std::vector<int>(64, 1));
  EXPECT_FALSE(tconvFailed());
}

TEST_F(Parallel, AFailureEndsTheLoop) {
  setNumThreads(2);
  std::atomic<int> ran{0};
  parallelFor(50, [&](int64_t, int64_t) {
    ++ran;
    tconvCheck(false, "expected anything else");
  });
  EXPECT_LE(ran, 2);
  EXPECT_EQ(takeFailure(), "expected anything else");
}

TEST_F(Parallel, WorksInAChildProcess) {
  setNumThreads(3);
  ASSERT_EQ(countRuns(64), std::vector<int>(64, 1));
  pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    alarm(20); // a child that hangs must not hang the test
    bool correct = true;
    for (int repetition = 0; repetition < 10; ++repetition)
      correct &= countRuns(300) == std::vector<int>(300, 1);
    _exit(correct ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(countRuns(64), std::vector<int>(64, 1));
}

TEST_F(Parallel, AHostMayBringItsPool) {
  struct HostPool {
    int calls = 0, threads = 0;
  } host;
  setParallelFor(
      [](void *pool, ParallelBody body, void *context, int64_t count, int threads) {
        ++static_cast<HostPool *>(pool)->calls;
        static_cast<HostPool *>(pool)->threads = threads;
        std::thread other([=] { body(context, count / 2, count); });
        body(context, 0, count / 2);
        other.join();
      },
      &host);
  setNumThreads(2);
  EXPECT_EQ(countRuns(100), std::vector<int>(100, 1));
  EXPECT_EQ(host.threads, 2);
  parallelFor(100, [&](int64_t begin, int64_t) { tconvCheck(begin == 0, "expected the first"); });
  EXPECT_EQ(takeFailure(), "expected the first");
  EXPECT_EQ(host.calls, 2);
  setParallelFor(nullptr);
  EXPECT_EQ(countRuns(100), std::vector<int>(100, 1));
  EXPECT_EQ(host.calls, 2);
}
