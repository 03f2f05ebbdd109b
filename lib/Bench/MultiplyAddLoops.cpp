//===- MultiplyAddLoops.cpp - Vector multiply-adds ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same loop for each element type and vector width. A macro, since the attribute
// that allows instructions beyond the baseline cannot be a template's parameter, and
// since GCC lowers vectors before it inlines.
//
//===----------------------------------------------------------------------===//

#include "PeakLoop.h"

#include "Unroll.h"

using namespace tconv;
using namespace tconv::bench;

namespace {

// A chain of dependent multiply-adds in each of COUNT registers: enough chains to hide
// a latency of 4 cycles at two a cycle, and all of them in registers. The factor keeps
// the numbers normal, since subnormal ones are slow on some CPUs.
#define TCONV_MULTIPLY_ADD_LOOP(NAME, TARGET, ELEMENT, BYTES, COUNT, FACTOR, ADDEND)               \
  TARGET double NAME(int64_t iterations) {                                                         \
    typedef ELEMENT Vector __attribute__((vector_size(BYTES)));                                    \
    const Vector factor = Vector{} + ELEMENT(FACTOR), addend = Vector{} + ELEMENT(ADDEND);         \
    Vector sums[COUNT];                                                                            \
    TCONV_UNROLL for (int i = 0; i < (COUNT); ++i) sums[i] = Vector{} + ELEMENT(i);                \
    for (int64_t k = 0; k < iterations; ++k) {                                                     \
      TCONV_UNROLL for (int i = 0; i < (COUNT); ++i) sums[i] = sums[i] * factor + addend;          \
    }                                                                                              \
    TCONV_UNROLL for (int i = 1; i < (COUNT); ++i) sums[0] = sums[0] + sums[i];                    \
    double total = 0;                                                                              \
    for (unsigned lane = 0; lane < (BYTES) / sizeof(ELEMENT); ++lane)                              \
      total += static_cast<double>(sums[0][lane]);                                                 \
    return total;                                                                                  \
  }

// 16 registers leave room for 12 chains and the constants, 32 registers for 24.
#if defined(__x86_64__)
#define TCONV_AVX2 __attribute__((target("avx2,fma")))
#define TCONV_AVX512 __attribute__((target("avx512f")))
TCONV_MULTIPLY_ADD_LOOP(avx512F64, TCONV_AVX512, double, 64, 24, 0.999999, 1e-7)
TCONV_MULTIPLY_ADD_LOOP(avx512F32, TCONV_AVX512, float, 64, 24, 0.999999, 1e-7)
TCONV_MULTIPLY_ADD_LOOP(avx2F64, TCONV_AVX2, double, 32, 12, 0.999999, 1e-7)
TCONV_MULTIPLY_ADD_LOOP(avx2F32, TCONV_AVX2, float, 32, 12, 0.999999, 1e-7)
constexpr int baselineChains = 12;
#else
constexpr int baselineChains = 24;
#endif
TCONV_MULTIPLY_ADD_LOOP(baselineF64, , double, 16, baselineChains, 0.999999, 1e-7)
TCONV_MULTIPLY_ADD_LOOP(baselineF32, , float, 16, baselineChains, 0.999999, 1e-7)
// Unsigned, since these numbers overflow.
TCONV_MULTIPLY_ADD_LOOP(baselineI8, , uint32_t, 16, baselineChains, 3, 1)

} // namespace

std::vector<PeakLoop> bench::multiplyAddLoops() {
  std::vector<PeakLoop> loops;
#if defined(__x86_64__)
  bool avx512 = __builtin_cpu_supports("avx512f");
  bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  loops = {{"AVX-512 FMA", ElementType::F64, avx512, 2.0 * 8 * 24, avx512F64},
           {"AVX-512 FMA", ElementType::F32, avx512, 2.0 * 16 * 24, avx512F32},
           {"AVX2 FMA", ElementType::F64, avx2, 2.0 * 4 * 12, avx2F64},
           {"AVX2 FMA", ElementType::F32, avx2, 2.0 * 8 * 12, avx2F32}};
#endif
  const char *name = "128-bit multiply and add";
  loops.push_back({name, ElementType::F64, true, 2.0 * 2 * baselineChains, baselineF64});
  loops.push_back({name, ElementType::F32, true, 2.0 * 4 * baselineChains, baselineF32});
  loops.push_back({name, ElementType::I8, true, 2.0 * 4 * baselineChains, baselineI8});
  return loops;
}
