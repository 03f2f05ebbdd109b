//===- Warps.cpp - What the lanes of a warp do together -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A warp's lanes are fibers that reach an operation one after the other: each leaves what it brings
// and sleeps, and the last of the mask carries the operation out for all and wakes them. Lanes at
// different operations, or with different masks, are errors, as they are undefined on a GPU; lanes
// that never come are a deadlock, which is described.
//
//===----------------------------------------------------------------------===//

#include "Warps.h"

#include "Block.h"

#include <bit>

using namespace tconv;
using namespace tconv::emulator;

void Warps::reset(uint32_t numThreads) {
  warps.resize(countWarps(numThreads));
  for (Warp &warp : warps) {
    for (Warp::Group &group : warp.groups)
      group.arrived = 0;
    warp.present = fullMask;
  }
  if (numThreads % warpSize != 0)
    warps.back().present = (1u << numThreads % warpSize) - 1;
}

static std::string describeMask(uint32_t mask) { return hex(mask); }

void Warps::checkGroup(Block &block, const Warp::Group &group, uint32_t mask, const Site *site) {
  if (group.site != site)
    block.fail(site, "expected the lanes of a warp at one operation, got some of them at " +
                         std::string(group.site->operation) + " at " + group.site->location);
  if (group.mask != mask)
    block.fail(site, "expected the lanes of a warp to have one mask, got " +
                         describeMask(group.mask) + " and " + describeMask(mask));
}

Lane &Warps::collect(Block &block, uint32_t mask, const Lane &lane, Site *site,
                     Operation operation) {
  uint32_t thread = block.thread(), index = thread % warpSize;
  Warp &warp = warps[thread / warpSize];
  if (!(mask >> index & 1))
    block.fail(site, "expected a mask with the lane that executes it, got lane " +
                         std::to_string(index) + " and mask " + describeMask(mask));
  Warp::Group &group = warp.groups[std::countr_zero(mask)];
  if (group.arrived == 0) {
    group.mask = mask;
    group.site = site;
  } else {
    checkGroup(block, group, mask, site);
  }
  warp.lanes[index] = lane;
  group.arrived |= 1u << index;
  ++site->count;
  if (group.arrived != (mask & warp.present)) {
    block.scheduler().wait(site);
    return warp.lanes[index];
  }
  operation(block, warp, group.arrived, site);
  uint32_t first = thread - index;
  for (uint32_t others = group.arrived & ~(1u << index); others; others &= others - 1)
    block.scheduler().makeReady(first + std::countr_zero(others));
  group.arrived = 0;
  return warp.lanes[index];
}

std::string Warps::describeDeadlock(const Block &block) const {
  for (size_t index = 0; index < warps.size(); ++index)
    for (const Warp::Group &group : warps[index].groups) {
      if (group.arrived == 0)
        continue;
      std::vector<uint32_t> missing;
      for (uint32_t lane = 0; lane < warpSize; ++lane)
        if ((group.mask & warps[index].present & ~group.arrived) >> lane & 1)
          missing.push_back(static_cast<uint32_t>(index) * warpSize + lane);
      return std::to_string(std::popcount(group.arrived)) + " lanes of warp " +
             std::to_string(index) + " arrived at " + group.site->operation + " at " +
             group.site->location + "; " + listThreads(missing) + " did not";
    }
  return "";
}

void emulator::requireWholeWarp(Block &block, const Site *site) {
  uint32_t first = block.thread() / warpSize * warpSize;
  if (first + warpSize > block.numThreads())
    block.fail(site, "expected a warp of 32 threads, got one of " +
                         std::to_string(block.numThreads() - first));
}
