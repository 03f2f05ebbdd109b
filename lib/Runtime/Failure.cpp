//===- Failure.cpp - How compiled code reports failures -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Failure.h"
#include "tconv/Runtime/ResultMemory.h"

#include "CachingAllocator.h"
#include "FailureText.h"

#include "tconv/Support/Memory.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace {

thread_local std::optional<std::string> failure;

tconv::FailureHook failureHook = nullptr;

/// Smaller allocations are not worth asking the system how much it has left.
constexpr int64_t smallAllocation = int64_t(32) << 20;

} // namespace

void tconv::recordFailure(std::string message) {
  if (failure)
    return;
  failure = std::move(message);
  if (failureHook)
    failureHook(failure->c_str());
}

void tconv::setFailureHook(FailureHook hook) { failureHook = hook; }

bool tconvCheck(bool holds, const char *message) {
  if (!holds)
    tconv::recordFailure(message);
  return !holds;
}

void *tconvAllocate(int64_t bytes) {
  if (void *memory = tconv::ResultMemory::take(bytes))
    return memory;
  uint64_t available = bytes <= smallAllocation ? UINT64_MAX : tconv::availableMemory();
  if (bytes >= 0 && static_cast<uint64_t>(bytes) > available) {
    tconv::releaseKept();
    available = tconv::availableMemory();
  }
  bool fits = bytes >= 0 && static_cast<uint64_t>(bytes) <= available;
  void *memory = fits ? tconv::allocateKept(static_cast<size_t>(bytes)) : nullptr;
  if (!memory)
    tconv::recordFailure(
        "not enough memory for an intermediate or a result: " + std::to_string(bytes) +
        " bytes needed, " + std::to_string(available) + " available");
  return memory;
}

void tconvFree(void *memory) {
  if (!tconv::ResultMemory::giveBack(memory))
    tconv::freeKept(memory);
}

bool tconvFailed() { return failure.has_value(); }

std::optional<std::string> tconv::takeFailure() { return std::exchange(failure, std::nullopt); }

bool tconv::takeFailureText(char *text, size_t size) {
  std::optional<std::string> message = takeFailure();
  if (!message)
    return false;
  std::strncpy(text, message->c_str(), size - 1);
  text[size - 1] = 0;
  return true;
}

void tconv::recordFailureText(const char *text) { recordFailure(text); }
