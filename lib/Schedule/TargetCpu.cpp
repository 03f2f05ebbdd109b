//===- TargetCpu.cpp - Rates and caches of known cores --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sources: "Intel 64 and IA-32 Architectures Optimization Reference Manual" (248966),
// the chapters on Skylake Server, Ice Lake and Golden Cove; AMD's "Software Optimization
// Guide" for Zen 4 (57647) and Zen 5 (58455); throughputs also at uops.info. That of vdpbf16ps
// was measured on a server with AMX (Sapphire or Emerald Rapids): 88 GFLOP/s where multiply-adds
// of f32 gave 177, which is one in two cycles. Test:
// unittests/Schedule/SelectScheduleTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/TargetCpu.h"

using namespace tconv;

namespace {

struct Core {
  std::string_view name;
  int64_t vectorBytes;
  double multiplyAdds, loads, broadcasts;
  int64_t l1KiB, l2KiB;
  double bf16Pairs = 0; // there are none
};

constexpr Core cores[] = {
    {"haswell", 32, 2, 2, 2, 32, 256},
    {"broadwell", 32, 2, 2, 2, 32, 256},
    {"skylake", 32, 2, 2, 2, 32, 256},
    {"znver3", 32, 2, 3, 3, 32, 512},
    // Two units of 64 bytes (Zen 5 for laptops has them of 32, by the same name).
    {"skylake-avx512", 64, 2, 2, 2, 32, 1024},
    {"cascadelake", 64, 2, 2, 2, 32, 1024},
    {"cooperlake", 64, 2, 2, 2, 32, 1024, 1},
    {"icelake-server", 64, 2, 2, 2, 48, 1280},
    {"sapphirerapids", 64, 2, 2, 2, 48, 2048, 0.5},
    {"emeraldrapids", 64, 2, 2, 2, 48, 2048, 0.5},
    {"graniterapids", 64, 2, 2, 2, 48, 2048, 0.5},
    {"znver5", 64, 2, 2, 2, 48, 1024, 2},
    // Two units of 32 bytes that share an instruction of 64.
    {"icelake-client", 64, 1, 2, 2, 48, 512},
    {"tigerlake", 64, 1, 2, 2, 48, 1280},
    {"rocketlake", 64, 1, 2, 2, 48, 512},
    {"znver4", 64, 1, 1, 2, 32, 1024, 1},
};

} // namespace

void TargetCpu::setCore(std::string_view cpu) {
  for (const Core &core : cores) {
    if (core.name != cpu)
      continue;
    l1 = core.l1KiB << 10;
    l2 = core.l2KiB << 10;
    // A virtual machine may hide the wide vectors.
    if (core.vectorBytes != vectorBytes)
      continue;
    multiplyAdds = core.multiplyAdds;
    loads = core.loads;
    broadcasts = core.broadcasts;
    bf16Pairs = core.bf16Pairs;
  }
}

std::vector<std::string_view> TargetCpu::knownCores() {
  std::vector<std::string_view> names;
  for (const Core &core : cores)
    names.push_back(core.name);
  return names;
}
