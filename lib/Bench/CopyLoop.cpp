//===- CopyLoop.cpp - How fast memory can be copied -----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A layer that does nothing but read its operands and write its result cannot be
// faster than a copy of as many bytes.
//
//===----------------------------------------------------------------------===//

#include "CopyLoop.h"

#include "Burst.h"

#include "tconv/Support/HugePages.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

using namespace tconv;

namespace {

/// Small copies are repeated until they move this many bytes.
constexpr int64_t bytesOfABurst = int64_t(1) << 25;

using Copy = void (*)(std::byte *to, const std::byte *from, size_t bytes);

void copyThroughCaches(std::byte *to, const std::byte *from, size_t bytes) {
  std::memcpy(to, from, bytes);
  asm volatile("" ::: "memory");
}

#if defined(__SSE2__)
void copyPastCaches(std::byte *to, const std::byte *from, size_t bytes) {
  auto *target = reinterpret_cast<__m128i *>(to);
  auto *source = reinterpret_cast<const __m128i *>(from);
  for (size_t i = 0; i < bytes / sizeof(__m128i); ++i)
    _mm_stream_si128(target + i, _mm_load_si128(source + i));
  _mm_sfence();
}
constexpr Copy copies[] = {copyThroughCaches, copyPastCaches};
#else
constexpr Copy copies[] = {copyThroughCaches};
#endif

struct Free {
  void operator()(std::byte *memory) const { std::free(memory); }
};

} // namespace

double bench::measureCopyRate(int64_t workingSet, int threads, double seconds) {
  const size_t size = std::max<size_t>(workingSet, hugePageBytes);
  std::unique_ptr<std::byte, Free> memory(static_cast<std::byte *>(allocateOnHugePages(size)));
  if (!memory)
    return 0;
  std::memset(memory.get(), 1, size);
  int64_t half = workingSet / 2;
  int64_t share = half / threads / 64 * 64; // whole cache lines for each thread
  int64_t times = std::max<int64_t>(1, bytesOfABurst / workingSet);
  double best = 0;
  for (Copy copy : copies) {
    auto burst = [&](int thread) {
      std::byte *from = memory.get() + thread * share;
      for (int64_t time = 0; time < times; ++time)
        copy(from + half, from, share);
      return 0.0;
    };
    double time =
        bestTime(seconds / std::size(copies), [&] { return timeInParallel(threads, burst); });
    best = std::max(best, 2.0 * share * threads * times / time);
  }
  return best;
}
