//===- DotProductLoops.cpp - Dot products of short types ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Instructions that add the products of several pairs of bf16 or i8 numbers to each
// 32-bit sum. One lane of the sums is returned: all work enters it.
//
//===----------------------------------------------------------------------===//

#include "PeakLoop.h"

#include "Unroll.h"

using namespace tconv;
using namespace tconv::bench;

#if defined(__x86_64__)
#include <immintrin.h>

namespace {

__attribute__((target("avx512f,avx512bf16"))) double avx512Bf16(int64_t iterations) {
  __m512 one = _mm512_set1_ps(1), sums[24];
  __m512bh factor = _mm512_cvtne2ps_pbh(one, one);
  TCONV_UNROLL for (int i = 0; i < 24; ++i) sums[i] = _mm512_set1_ps(static_cast<float>(i));
  for (int64_t k = 0; k < iterations; ++k) {
    TCONV_UNROLL for (int i = 0; i < 24; ++i) sums[i] = _mm512_dpbf16_ps(sums[i], factor, factor);
  }
  TCONV_UNROLL for (int i = 1; i < 24; ++i) sums[0] = _mm512_add_ps(sums[0], sums[i]);
  return _mm512_cvtss_f32(sums[0]);
}

__attribute__((target("avx512f,avx512vnni"))) double avx512I8(int64_t iterations) {
  __m512i factor = _mm512_set1_epi8(1), sums[24];
  TCONV_UNROLL for (int i = 0; i < 24; ++i) sums[i] = _mm512_set1_epi32(i);
  for (int64_t k = 0; k < iterations; ++k) {
    TCONV_UNROLL for (int i = 0; i < 24; ++i) sums[i] =
        _mm512_dpbusd_epi32(sums[i], factor, factor);
  }
  TCONV_UNROLL for (int i = 1; i < 24; ++i) sums[0] = _mm512_add_epi32(sums[0], sums[i]);
  return _mm_cvtsi128_si32(_mm512_castsi512_si128(sums[0]));
}

/// Inlined, or the sums would have to live in memory.
__attribute__((target("avx2"), always_inline)) inline double addUp(__m256i (&sums)[12]) {
  TCONV_UNROLL for (int i = 1; i < 12; ++i) sums[0] = _mm256_add_epi32(sums[0], sums[i]);
  return _mm_cvtsi128_si32(_mm256_castsi256_si128(sums[0]));
}

__attribute__((target("avx2,avxvnni"))) double avxVnniI8(int64_t iterations) {
  __m256i factor = _mm256_set1_epi8(1), sums[12];
  TCONV_UNROLL for (int i = 0; i < 12; ++i) sums[i] = _mm256_set1_epi32(i);
  for (int64_t k = 0; k < iterations; ++k) {
    TCONV_UNROLL for (int i = 0; i < 12; ++i) sums[i] =
        _mm256_dpbusd_avx_epi32(sums[i], factor, factor);
  }
  return addUp(sums);
}

/// i8 widened to i16: products of pairs, and an addition. A product of the sum itself,
/// or the compiler would compute it once.
__attribute__((target("avx2"))) double avx2I8(int64_t iterations) {
  __m256i factor = _mm256_set1_epi16(1), sums[12];
  TCONV_UNROLL for (int i = 0; i < 12; ++i) sums[i] = _mm256_set1_epi32(i);
  for (int64_t k = 0; k < iterations; ++k) {
    TCONV_UNROLL for (int i = 0; i < 12; ++i) sums[i] =
        _mm256_add_epi32(sums[i], _mm256_madd_epi16(sums[i], factor));
  }
  return addUp(sums);
}

} // namespace

std::vector<PeakLoop> bench::dotProductLoops() {
  bool avx512 = __builtin_cpu_supports("avx512f");
  bool vnni = avx512 && __builtin_cpu_supports("avx512vnni");
  bool bf16 = avx512 && __builtin_cpu_supports("avx512bf16");
  bool avx2 = __builtin_cpu_supports("avx2");
  bool avxVnni = avx2 && __builtin_cpu_supports("avxvnni");
  return {{"AVX512-BF16 dot products", ElementType::BF16, bf16, 2.0 * 32 * 24, avx512Bf16},
          {"AVX512-VNNI dot products", ElementType::I8, vnni, 2.0 * 64 * 24, avx512I8},
          {"AVX-VNNI dot products", ElementType::I8, avxVnni, 2.0 * 32 * 12, avxVnniI8},
          {"AVX2 dot products of i16", ElementType::I8, avx2, 2.0 * 16 * 12, avx2I8}};
}
#else
std::vector<PeakLoop> bench::dotProductLoops() { return {}; }
#endif

PeakLoop bench::bestPeakLoop(ElementType type) {
  std::vector<PeakLoop> loops = dotProductLoops();
  std::vector<PeakLoop> others = multiplyAddLoops();
  loops.insert(loops.end(), others.begin(), others.end());
  for (ElementType wanted : {type, ElementType::F32})
    for (const PeakLoop &loop : loops)
      if (loop.type == wanted && loop.available)
        return loop;
  return loops.back(); // not reached: there is an F32 loop on every CPU
}
