//===- Warpgroups.h - What the threads of a warpgroup do together -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_WARPGROUPS_H
#define TCONV_LIB_EMULATOR_WARPGROUPS_H

#include "Accumulators.h"
#include "Warps.h"

#include <deque>

namespace tconv::emulator {

/// A wgmma that was issued. Until somebody waits for it, it reads `chunks` of shared memory.
struct WarpgroupProduct {
  MatrixDescriptor a, b;
  /// Where the sum starts: an earlier result under way, or null if `result` has it already.
  Accumulators *start = nullptr;
  Accumulators *result = nullptr;
  std::vector<uint64_t> chunks;
  const Site *site = nullptr;
};

/// What a thread brings to an operation of its warpgroup.
struct WarpgroupThread {
  uint32_t *registers = nullptr;
  uint64_t a = 0, b = 0;
};

struct Warpgroup {
  uint32_t index = 0;
  WarpgroupThread threads[warpgroupSize];
  /// Threads that wait for others, by their numbers in the block, and where.
  std::vector<uint32_t> arrived;
  const Site *site = nullptr;
  bool fenced = false;
  AccumulatorPool accumulators;
  std::vector<WarpgroupProduct> open;
  std::deque<std::vector<WarpgroupProduct>> committed;
};

/// The warpgroups of a block: warps 4 i to 4 i + 3.
class Warpgroups {
public:
  void reset(uint32_t numThreads);

  /// What an operation does once all threads have come; `operand` is that of the last one.
  using Operation = void (*)(Block &block, Warpgroup &group, uint64_t operand, Site *site);

  /// The current thread comes to an operation of its warpgroup, which the last one carries out.
  void collect(Block &block, const WarpgroupThread &thread, uint64_t operand, Site *site,
               Operation operation);

  Warpgroup &find(uint32_t thread) { return groups[thread / warpgroupSize]; }

  /// Why the block cannot go on, if threads wait for a warpgroup; otherwise empty.
  std::string describeDeadlock(const Block &block) const;

private:
  std::vector<Warpgroup> groups;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_WARPGROUPS_H
