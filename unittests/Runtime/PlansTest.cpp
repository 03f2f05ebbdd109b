//===- PlansTest.cpp - Tests of plans that are kept -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Plans.h"

#include "tconv/Runtime/Failure.h"
#include "tconv/Schedule/RuntimePlan.h"

#include "gtest/gtest.h"

#include <atomic>
#include <thread>

using namespace tconv;

namespace {

std::vector<int64_t> request(int64_t size) {
  Geometry geometry = *Geometry::create(1, 3, 5, 1, {size}, {4}, {DimAttributes{2, 1, 1, 1, 0}});
  return PlanRequest::encode(geometry, Schedule());
}

/// A plan while it is used.
class Use {
public:
  explicit Use(const std::vector<int64_t> &words)
      : plan(tconvFindPlan(reinterpret_cast<int64_t>(words.data()))) {}
  ~Use() {
    if (plan)
      tconvReleasePlan(plan);
  }
  const int64_t *tables() const { return reinterpret_cast<const int64_t *>(plan); }

private:
  int64_t plan;
};

// A plan of sizes seen before is the one that was made then.
TEST(Plans, AreKept) {
  const std::vector<int64_t> small = request(10), large = request(1000);
  const int64_t *first = Use(small).tables();
  EXPECT_NE(Use(large).tables(), first);
  EXPECT_EQ(Use(std::vector<int64_t>(small)).tables(), first);
}

TEST(Plans, NeedALayer) {
  std::vector<int64_t> words = request(10);
  words.back() = -1;
  EXPECT_EQ(Use(words).tables(), nullptr);
  EXPECT_EQ(takeFailure(), "expected sizes that the layer can have");
}

// Threads that ask for different sizes get tables that stay right as long as they use them, also
// when so many plans are made that some are dropped.
TEST(Plans, AreSafeToShare) {
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int64_t thread = 0; thread < 4; ++thread)
    threads.emplace_back([thread, &wrong] {
      for (int64_t run = 0; run < 3000; ++run) {
        const std::vector<int64_t> words = request(1 + (run * (thread + 1)) % 2900);
        const auto expected = createRuntimePlan(words.data());
        const Use plan(words);
        wrong += !plan.tables() || !std::equal(expected->begin(), expected->end(), plan.tables());
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  EXPECT_EQ(wrong, 0);
}

} // namespace
