//===- Block.cpp - The block that is running ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All threads of a block run on one thread of the operating system, as fibers, until all
// have ended. When none can go on, the parts that threads can wait at are asked why.
//
//===----------------------------------------------------------------------===//

#include "Block.h"

#include <algorithm>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

thread_local Block *Block::running = nullptr;

static std::string describeIndex(std::array<uint32_t, 3> index) {
  return "(" + std::to_string(index[0]) + ", " + std::to_string(index[1]) + ", " +
         std::to_string(index[2]) + ")";
}

std::string emulator::describeThread(const Block &block, uint32_t thread) {
  return "thread " + describeIndex(block.threadIndex[thread]);
}

std::string emulator::listThreads(std::vector<uint32_t> threads) {
  std::sort(threads.begin(), threads.end());
  std::string text = threads.size() == 1 ? "thread " : "threads ";
  for (size_t begin = 0, end; begin < threads.size(); begin = end) {
    for (end = begin + 1; end < threads.size() && threads[end] == threads[end - 1] + 1;)
      ++end;
    if (begin != 0)
      text += end == threads.size() ? " and " : ", ";
    text += std::to_string(threads[begin]);
    if (end - begin > 1)
      text += " to " + std::to_string(threads[end - 1]);
  }
  return text;
}

std::string emulator::describeAbsent(const Block &block, uint32_t first, uint32_t number,
                                     const std::vector<uint32_t> &arrived) {
  std::vector<uint32_t> ended, elsewhere;
  for (uint32_t thread = first; thread < first + number; ++thread)
    if (std::find(arrived.begin(), arrived.end(), thread) == arrived.end())
      (block.device.scheduler.getState(thread) == Scheduler::State::Done ? ended : elsewhere)
          .push_back(thread);
  std::string text;
  if (!ended.empty())
    text += "; " + listThreads(ended) + " ended without";
  if (!elsewhere.empty()) {
    const Site *site = block.device.scheduler.getSite(elsewhere.front());
    text += "; " + listThreads(elsewhere) + " wait at " + site->operation + " at " + site->location;
  }
  return text;
}

Block::Block(DeviceState &device, const EmulatedKernel &kernel, const LaunchShape &shape)
    : device(device), kernel(kernel), shape(shape) {
  for (uint32_t z = 0; z < shape.block[2]; ++z)
    for (uint32_t y = 0; y < shape.block[1]; ++y)
      for (uint32_t x = 0; x < shape.block[0]; ++x)
        threadIndex.push_back({x, y, z});
  auto base = reinterpret_cast<uint64_t>(device.shared);
  for (const EmulatedShared &variable : kernel.shared)
    shared.push_back({base + variable.offset, variable.bytes, SiteSpace::Shared,
                      "shared variable " + variable.name});
  if (shape.sharedBytes > 0)
    shared.push_back({base + kernel.dynamicSharedOffset, shape.sharedBytes, SiteSpace::Shared,
                      "dynamic shared memory"});
  device.scheduler.onDeadlock = [this] { reportDeadlock(); };
}

uint32_t Block::countSharedBytes() const {
  uint64_t bytes = 0;
  for (const Region &region : shared)
    bytes += region.bytes;
  return static_cast<uint32_t>(bytes);
}

Status Block::run(std::array<uint32_t, 3> index) {
  this->index = index;
  for (const Region &region : shared)
    memset(reinterpret_cast<void *>(region.base), MemoryMap::poison, region.bytes);
  barriers.reset();
  mbarriers.reset();
  warps.reset(numThreads());
  warpgroups.reset(numThreads());
  copies.reset(numThreads());
  bulkStores.reset(numThreads());
  device.races.startBlock(countWarps(numThreads()));
  device.traffic.startBlock();
  Block *outer = running;
  running = this;
  Status status = device.scheduler.run(numThreads());
  if (status)
    status = bulkStores.finish(*this);
  running = outer;
  device.traffic.count(counters);
  ++counters.blocks;
  counters.threads += numThreads();
  counters.switches += device.scheduler.getSwitches();
  return status;
}

void Block::fail(const Site *site, const std::string &message) {
  std::string text;
  if (site)
    text = std::string(site->location) + ": " + site->operation + ": ";
  text += message + "; in kernel " + kernel.name + ", block " + describeIndex(index) + ", " +
          describeThread(*this, thread());
  device.scheduler.fail(std::move(text));
}

void Block::reportDeadlock() {
  std::string why = warps.describeDeadlock(*this);
  if (why.empty())
    why = warpgroups.describeDeadlock(*this);
  if (why.empty())
    why = mbarriers.describeDeadlock(*this);
  if (why.empty())
    why = barriers.describeDeadlock(*this);
  device.scheduler.fail("deadlock in kernel " + kernel.name + ", block " + describeIndex(index) +
                        ": " + why);
}
