//===- Warps.h - What the lanes of a warp do together --------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_WARPS_H
#define TCONV_LIB_EMULATOR_WARPS_H

#include "tconv/Emulator/Site.h"
#include "tconv/Support/Division.h"

#include <cstdint>
#include <string>
#include <vector>

namespace tconv::emulator {

struct Block;

inline constexpr uint32_t warpSize = 32, warpgroupSize = 128;
/// The bits of a number that are the lane of a warp.
inline constexpr uint32_t lanesMask = warpSize - 1;
constexpr uint32_t countWarps(uint32_t threads) { return ceilDivide(threads, warpSize); }
/// Of a block.
inline constexpr uint32_t maxWarps = 32, maxWarpgroups = 8;
inline constexpr uint32_t fullMask = 0xffffffff;

/// What a lane brings to an operation of its warp; which field means what is the operation's
/// business. `result` is what the lane gets.
struct Lane {
  const void *inputs[3] = {};
  void *output = nullptr;
  uint64_t address = 0;
  uint64_t value = 0;
  uint32_t argument = 0;
  uint32_t result = 0;
  bool predicate = false;
};

struct Warp {
  Lane lanes[warpSize];
  /// Lanes that exist: the last warp of a block may be smaller.
  uint32_t present = 0;

  /// Lanes that wait for others, by the lowest lane of their mask.
  struct Group {
    uint32_t mask = 0, arrived = 0;
    const Site *site = nullptr;
  };
  Group groups[warpSize];
};

class Warps {
public:
  void reset(uint32_t numThreads);

  /// What an operation does once its lanes, those of `mask`, have come.
  using Operation = void (*)(Block &block, Warp &warp, uint32_t mask, Site *site);

  /// The current thread brings `lane` to an operation of the lanes of `mask`, which is carried
  /// out by the last one to come. The lane, with its result, stays valid until the next one.
  Lane &collect(Block &block, uint32_t mask, const Lane &lane, Site *site, Operation operation);

  /// Why the block cannot go on, if threads wait for lanes; otherwise empty.
  std::string describeDeadlock(const Block &block) const;

private:
  void checkGroup(Block &block, const Warp::Group &group, uint32_t mask, const Site *site);

  std::vector<Warp> warps;
};

/// An error if the warp of the current thread is not of 32 threads.
void requireWholeWarp(Block &block, const Site *site);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_WARPS_H
