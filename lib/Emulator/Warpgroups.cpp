//===- Warpgroups.cpp - What the threads of a warpgroup do together -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// As for warps (Warps.cpp), with all 128 threads of a warpgroup, which have no mask.
//
//===----------------------------------------------------------------------===//

#include "Warpgroups.h"

#include "Block.h"
#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::emulator;

void Warpgroups::reset(uint32_t numThreads) {
  groups.resize(ceilDivide(numThreads, warpgroupSize));
  for (size_t index = 0; index < groups.size(); ++index) {
    Warpgroup &group = groups[index];
    group.index = static_cast<uint32_t>(index);
    group.arrived.clear();
    group.fenced = false;
    group.accumulators.clear();
    group.open.clear();
    group.committed.clear();
  }
}

void Warpgroups::collect(Block &block, const WarpgroupThread &thread, uint64_t operand, Site *site,
                         Operation operation) {
  uint32_t number = block.thread();
  Warpgroup &group = find(number);
  uint32_t first = group.index * warpgroupSize;
  if (first + warpgroupSize > block.numThreads())
    block.fail(site, "expected a warpgroup of 128 threads, got one of " +
                         std::to_string(block.numThreads() - first));
  if (group.arrived.empty())
    group.site = site;
  else if (group.site != site)
    block.fail(site, "expected the threads of a warpgroup at one operation, got " +
                         std::string(group.arrived.size() == 1 ? "one" : "some") + " of them at " +
                         group.site->operation + " at " + group.site->location);
  group.threads[number - first] = thread;
  group.arrived.push_back(number);
  ++site->count;
  if (group.arrived.size() < warpgroupSize)
    return block.scheduler().wait(site);
  operation(block, group, operand, site);
  for (uint32_t other : group.arrived)
    if (other != number)
      block.scheduler().makeReady(other);
  group.arrived.clear();
}

std::string Warpgroups::describeDeadlock(const Block &block) const {
  for (const Warpgroup &group : groups) {
    if (group.arrived.empty())
      continue;
    return std::to_string(group.arrived.size()) + " of 128 threads of warpgroup " +
           std::to_string(group.index) + " arrived at " + group.site->operation + " at " +
           group.site->location +
           describeAbsent(block, group.index * warpgroupSize, warpgroupSize, group.arrived);
  }
  return "";
}
