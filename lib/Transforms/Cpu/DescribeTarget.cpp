//===- DescribeTarget.cpp - What schedules need to know of a CPU ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From LLVM's lists of features: the width and the number of vectors, and which dot products exist;
// of the host, the sizes of its caches, too. Rates come from the table of cores (TargetCpu.cpp).
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/DescribeTarget.h"

#include "mlir/Support/LLVM.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/X86TargetParser.h"

#include <unistd.h>

using namespace mlir;

namespace {

using Features = llvm::StringSet<llvm::MallocAllocator>;

/// The features of a processor; empty for an unknown one.
Features featuresOf(StringRef cpu) {
  Features features;
  if (cpu.empty() || cpu == "host") {
    for (const auto &feature : llvm::sys::getHostCPUFeatures())
      if (feature.second)
        features.insert(feature.first());
    return features;
  }
  SmallVector<StringRef> names;
  if (llvm::X86::parseArchX86(cpu) != llvm::X86::CK_None)
    llvm::X86::getFeaturesForCPU(cpu, names);
  // LLVM lists what others do not imply: avx512vl, but not avx512f.
  llvm::StringMap<bool> implied;
  for (StringRef name : names) {
    implied[name] = true;
    llvm::X86::updateImpliedFeatures(name, true, implied);
  }
  for (const auto &feature : implied)
    features.insert(feature.first());
  return features;
}

/// The core of this machine. A virtual machine may report the model of another one, which has not
/// the features that are there: AMX is a server's.
StringRef hostCore(const Features &features) {
  const StringRef name = llvm::sys::getHostCPUName();
  constexpr StringLiteral serverFeature = "amx-tile";
  const bool misses = features.contains(serverFeature) && !featuresOf(name).contains(serverFeature);
  return misses ? StringRef("sapphirerapids") : name;
}

int64_t cacheSize(int name, int64_t fallback) {
  long size = sysconf(name);
  return size > 0 ? size : fallback;
}

} // namespace

::tconv::TargetCpu mlir::tconv::describeTarget(StringRef cpu) {
  Features features = featuresOf(cpu);
  ::tconv::TargetCpu target;
  // These imply avx512f, which LLVM's list for x86-64-v4 leaves out.
  if (features.contains("avx512vl") && features.contains("avx512bw") &&
      features.contains("avx512dq")) {
    target.vectorBytes = 64;
    target.vectorRegisters = 32;
    target.loads = target.broadcasts = 2;
  } else if (!features.contains("avx2") || !features.contains("fma")) {
    target.vectorBytes = 16;
    target.loads = target.broadcasts = 2;
  }
  target.hasInt16Pairs = features.contains("sse2");
  target.hasBf16Pairs = target.vectorBytes == 64 && features.contains("avx512bf16");
  target.hasInt8Quads = target.vectorBytes == 64 && features.contains("avx512vnni");
  const bool host = cpu.empty() || cpu == "host";
  target.setCore(host ? hostCore(features) : cpu);
  if (host) {
    target.l1 = cacheSize(_SC_LEVEL1_DCACHE_SIZE, target.l1);
    target.l2 = cacheSize(_SC_LEVEL2_CACHE_SIZE, target.l2);
  }
  return target;
}
