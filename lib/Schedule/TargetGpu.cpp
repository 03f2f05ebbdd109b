//===- TargetGpu.cpp - What a schedule depends on of a GPU ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the data sheets of A100 SXM 40 GB, A40, L40S and H100 SXM, and the table of
// compute capabilities in the CUDA programming guide. The tensor cores of sm_90 reach
// their full rate only with wgmma: the number is five eighths of it.
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/TargetGpu.h"

#include <charconv>

using namespace tconv;

static const TargetGpu targets[] = {
    {"sm_80", 108, 40 << 20, 164 << 10, 163 << 10, 2048, 32, 1.41, 1.555e12, 1024, 64, 32},
    {"sm_86", 84, 6 << 20, 100 << 10, 99 << 10, 1536, 16, 1.74, 0.696e12, 512, 128, 2},
    {"sm_89", 142, 96 << 20, 100 << 10, 99 << 10, 1536, 24, 2.52, 0.864e12, 512, 128, 2},
    {"sm_90", 132, 50 << 20, 228 << 10, 227 << 10, 2048, 32, 1.755, 3.35e12, 1280, 128, 64}};

Result<TargetGpu> TargetGpu::of(std::string_view arch) {
  const std::string_view prefix = "sm_";
  int number = 0;
  if (arch.substr(0, prefix.size()) == prefix)
    std::from_chars(arch.data() + prefix.size(), arch.data() + arch.size(), number);
  if (number == 0)
    return Error{"expected a GPU like sm_80, got '" + std::string(arch) + "'"};
  const TargetGpu *found = nullptr;
  for (const TargetGpu &target : targets) {
    int known = 0;
    std::from_chars(target.arch.data() + prefix.size(), target.arch.data() + target.arch.size(),
                    known);
    if (known <= number)
      found = &target;
  }
  if (!found)
    return Error{"the fast tier needs sm_80 or later, got " + std::string(arch), true};
  return *found;
}
