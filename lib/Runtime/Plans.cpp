//===- Plans.cpp - Plans of layers whose sizes are dynamic ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A plan depends on its request alone, so that all layers of a process share one store of the plans
// that were used last. Plans are made outside of the lock: threads that ask for the same one at the
// same time may each make it.
//
// This is also part of artefacts, which are linked with C only.
//
// Test: unittests/Runtime/PlansTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Plans.h"

#include "FailureText.h"
#include "MemoryGuard.h"

#include "tconv/Schedule/RuntimePlan.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <pthread.h>

using namespace tconv;

namespace {

/// A plan in memory: its tables stand behind it, and then the request.
struct alignas(int64_t) Plan {
  int64_t users; ///< runs, and the store
  int64_t size;  ///< of the tables, in words

  int64_t *tables() { return reinterpret_cast<int64_t *>(this + 1); }
  int64_t *request() { return tables() + size; }
  static Plan *of(int64_t tables) { return reinterpret_cast<Plan *>(tables) - 1; }

  /// Sizes, which differ most often, come last.
  bool isFor(const int64_t *other) {
    const int64_t words = PlanRequest::numWords(PlanRequest::rankOf(other));
    return request()[0] == other[0] &&
           std::equal(std::reverse_iterator(other + words), std::reverse_iterator(other),
                      std::reverse_iterator(request() + words));
  }
};

/// The plans used last, the latest at the end.
class PlanStore {
public:
  /// For one more user; null if there is no plan.
  Plan *find(const int64_t *request);
  /// The plan has one user more, the store.
  void keep(Plan *plan);
  void release(Plan *plan);

private:
  void forgetFirst();

  static constexpr int64_t mostPlans = 1 << 11, mostWords = 1 << 25;

  Plan *plans[mostPlans] = {};
  int64_t count = 0;
  int64_t words = 0; ///< of all tables
};

constinit PlanStore store;

pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
void lockMutex() { pthread_mutex_lock(&mutex); }
void unlockMutex() { pthread_mutex_unlock(&mutex); }

class Lock {
public:
  Lock() {
    lockMutex();
    // Nobody changes the store while the process is copied, so that the copy can go on.
    static bool isRegistered = false;
    if (!isRegistered)
      isRegistered = pthread_atfork(lockMutex, unlockMutex, unlockMutex) == 0;
  }
  ~Lock() { unlockMutex(); }
};

void removeUser(Plan *plan) {
  if (--plan->users == 0)
    std::free(plan);
}

Plan *PlanStore::find(const int64_t *request) {
  Lock lock;
  for (int64_t at = count; at-- > 0;) {
    if (!plans[at]->isFor(request))
      continue;
    std::rotate(plans + at, plans + at + 1, plans + count);
    ++plans[count - 1]->users;
    return plans[count - 1];
  }
  return nullptr;
}

void PlanStore::keep(Plan *plan) {
  Lock lock;
  while (count == mostPlans || (count > 0 && words + plan->size > mostWords))
    forgetFirst();
  ++plan->users;
  words += plan->size;
  plans[count++] = plan;
}

void PlanStore::forgetFirst() {
  words -= plans[0]->size;
  removeUser(plans[0]);
  std::copy(plans + 1, plans + count, plans);
  --count;
}

void PlanStore::release(Plan *plan) {
  Lock lock;
  removeUser(plan);
}

struct Making {
  const int64_t *request;
  Plan *plan = nullptr;
  bool hasLayer = true;
};

void makePlan(void *context) {
  auto &making = *static_cast<Making *>(context);
  const auto tables = createRuntimePlan(making.request);
  making.hasLayer = tables.has_value();
  if (!tables)
    return;
  const int64_t requestWords = PlanRequest::numWords(PlanRequest::rankOf(making.request));
  const size_t bytes = (tables->size() + static_cast<size_t>(requestWords)) * sizeof(int64_t);
  auto *plan = static_cast<Plan *>(std::malloc(sizeof(Plan) + bytes));
  if (!plan)
    return;
  *plan = {1, static_cast<int64_t>(tables->size())};
  std::copy(tables->begin(), tables->end(), plan->tables());
  std::copy(making.request, making.request + requestWords, plan->request());
  making.plan = plan;
}

Plan *createPlan(const int64_t *request) {
  Making making{request};
  runWithMemory(makePlan, &making);
  if (!making.hasLayer)
    recordFailureText("expected sizes that the layer can have");
  else if (!making.plan)
    recordFailureText("not enough memory for the tiles of a layer");
  return making.plan;
}

} // namespace

int64_t tconvFindPlan(int64_t request) {
  const auto *words = reinterpret_cast<const int64_t *>(request);
  Plan *plan = store.find(words);
  if (!plan) {
    plan = createPlan(words);
    if (plan)
      store.keep(plan);
  }
  return plan ? reinterpret_cast<int64_t>(plan->tables()) : 0;
}

void tconvReleasePlan(int64_t plan) { store.release(Plan::of(plan)); }
