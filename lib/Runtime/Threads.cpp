//===- Threads.cpp - How many threads to use -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/Threads.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sched.h>

namespace {

int processorsOfAffinity() {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof(set), &set) != 0)
    return 1;
  return std::max(CPU_COUNT(&set), 1);
}

/// Processors that the control group (v2) grants, rounded up; `limit` if it sets none.
int quotaOfControlGroup(int limit) {
  std::FILE *file = std::fopen("/sys/fs/cgroup/cpu.max", "re");
  if (!file)
    return limit;
  char quota[32];
  double period = 0;
  // The kernel writes no number that overflows. NOLINTNEXTLINE(bugprone-unchecked-string*)
  bool complete = std::fscanf(file, "%31s %lf", quota, &period) == 2;
  std::fclose(file);
  if (!complete || std::strcmp(quota, "max") == 0 || period <= 0)
    return limit;
  double processors = std::strtod(quota, nullptr) / period;
  return processors > 0 && processors < limit ? std::max(1, static_cast<int>(processors + 0.999))
                                              : limit;
}

/// A positive number; 0 for everything else.
int parsePositive(const char *text) {
  int number = 0;
  const char *end = text + std::strlen(text);
  auto [rest, error] = std::from_chars(text, end, number);
  return error == std::errc() && rest == end && number > 0 ? number : 0;
}

constexpr char variable[] = "TCONV_NUM_THREADS";

} // namespace

int tconv::numProcessors() { return quotaOfControlGroup(processorsOfAffinity()); }

int tconv::defaultNumThreads() {
  const char *text = std::getenv(variable);
  int number = text ? parsePositive(text) : 0;
  return number ? number : numProcessors();
}

const char *tconv::invalidNumThreads() {
  const char *text = std::getenv(variable);
  return text && *text && !parsePositive(text) ? text : nullptr;
}
