//===- TargetGpu.cpp - What a schedule depends on of a GPU ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Limits are those of the table "Technical Specifications per Compute Capability" in the CUDA
// programming guide 13.0 (maximum shared memory per multiprocessor and per thread block, resident
// threads and blocks); libcu++'s cuda::arch_traits has the same numbers.
//
// Products are A100 SXM 40 GB, A40, Jetson AGX Orin, L40S, H100 SXM, B200, B300, Jetson T5000,
// RTX PRO 6000 Blackwell and GB10, as their data sheets describe them. The tensor cores of sm_90
// reach their full rate only with wgmma: the number is five eighths of it. What mma.sync reaches
// on sm_100, sm_103 and sm_110 is published nowhere: they are taken for sm_90.
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/TargetGpu.h"

#include "tconv/Support/Errors.h"

#include <algorithm>
#include <charconv>

using namespace tconv;

namespace {

constexpr int64_t kib = 1 << 10, mib = 1 << 20;

constexpr GpuLimits limits80{164 * kib, 163 * kib, 2048, 32};
constexpr GpuLimits limits86{100 * kib, 99 * kib, 1536, 16};
constexpr GpuLimits limits87{164 * kib, 163 * kib, 1536, 16};
constexpr GpuLimits limits89{100 * kib, 99 * kib, 1536, 24};
constexpr GpuLimits limits90{228 * kib, 227 * kib, 2048, 32};
constexpr GpuLimits limits110{228 * kib, 227 * kib, 1536, 24};
constexpr GpuLimits limits120{100 * kib, 99 * kib, 1536, 24};
/// The least of each that an architecture from sm_80 on has.
constexpr GpuLimits leastLimits = limits86;

/// The number of "sm_80" or "sm_90a"; 0 if it is none.
int parseNumber(std::string_view arch) {
  const std::string_view prefix = "sm_";
  int number = 0;
  if (arch.substr(0, prefix.size()) == prefix)
    std::from_chars(arch.data() + prefix.size(), arch.data() + arch.size(), number);
  return number;
}

} // namespace

const std::vector<TargetGpu> &TargetGpu::known() {
  static const std::vector<TargetGpu> targets = {
      // arch, limits, multiprocessors, second cache, GHz, bytes/s, multiply-adds: f16, f32, f64
      {"sm_80", limits80, 108, 40 * mib, 1.41, 1.555e12, 1024, 64, 32},
      {"sm_86", limits86, 84, 6 * mib, 1.74, 0.696e12, 512, 128, 2},
      {"sm_87", limits87, 16, 4 * mib, 1.3, 0.2048e12, 1024, 128, 2},
      {"sm_89", limits89, 142, 96 * mib, 2.52, 0.864e12, 512, 128, 2},
      {"sm_90", limits90, 132, 50 * mib, 1.755, 3.35e12, 1280, 128, 64},
      {"sm_100", limits90, 148, 126 * mib, 1.965, 8e12, 1280, 128, 64},
      {"sm_103", limits90, 148, 126 * mib, 1.92, 8e12, 1280, 128, 2},
      {"sm_110", limits110, 20, 32 * mib, 1.57, 0.273e12, 1280, 128, 2},
      {"sm_120", limits120, 188, 128 * mib, 2.617, 1.792e12, 512, 128, 2},
      {"sm_121", limits120, 48, 24 * mib, 2.5, 0.273e12, 512, 128, 2}};
  return targets;
}

Result<TargetGpu> TargetGpu::of(std::string_view arch) {
  const int number = parseNumber(arch);
  if (number <= 0)
    return Error{"expected a GPU like sm_80, got '" + std::string(arch) + "'"};
  auto behind = std::find_if(known().begin(), known().end(), [&](const TargetGpu &target) {
    return parseNumber(target.arch) > number;
  });
  if (behind == known().begin())
    return unsupported("the fast tier needs sm_80 or later, got " + std::string(arch));
  TargetGpu target = *std::prev(behind);
  if (parseNumber(target.arch) != number)
    target.limits = leastLimits;
  target.arch = arch;
  return target;
}
