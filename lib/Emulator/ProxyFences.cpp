//===- ProxyFences.cpp - What the async proxy may read --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Bulk copies and wgmma go to shared memory through another proxy than loads and stores. What was
// stored before needs a fence.proxy.async in between: by the thread that stored it, or by one that
// knows of it through barriers. So each warp has a second set of times, of what it knows to be
// fenced, which barriers pass on as they pass on what is known.
//
// A fence of a thread holds for the warp's own stores up to the last barrier of the warp, and for
// all of them if no other lane has stored something since.
//
//===----------------------------------------------------------------------===//

#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"

#include <algorithm>

using namespace tconv;
using namespace tconv::emulator;

void RaceDetector::noteUnfenced(Accessor who) {
  if (isWarpgroup(who) || who & atomicAccess)
    return;
  const uint32_t lane = 1u << (who & lanesMask);
  unfenced[getWarp(who)] |= isWholeWarp(who) ? fullMask : lane;
}

void RaceDetector::fenceProxy(uint32_t thread) {
  const uint32_t warp = thread / warpSize;
  unfenced[warp] &= ~(1u << (thread & lanesMask));
  Clock &clock = clocks[warp];
  for (uint32_t other = 0; other < maxWarps; ++other) {
    uint32_t time = std::max(clock[other], lastBarrier);
    if (other == warp && unfenced[warp] == 0)
      time = ++now;
    clock[fencedTimes + other] = std::max(clock[fencedTimes + other], time);
  }
}

/// What one warp knows to be fenced, all do.
void RaceDetector::shareFences() {
  for (size_t time = fencedTimes; time < clocks.front().size(); ++time) {
    uint32_t latest = 0;
    for (const Clock &clock : clocks)
      latest = std::max(latest, clock[time]);
    for (Clock &clock : clocks)
      clock[time] = latest;
  }
}

void RaceDetector::checkFenced(Access &access, const Shadow &shadow, const char *what) {
  if (shadow.writeTime < blockStart || shadow.byAsyncProxy || shadow.writer & atomicAccess ||
      isWarpgroup(shadow.writer))
    return;
  if (shadow.writeTime < (*access.known)[fencedTimes + getWarp(shadow.writer)])
    return;
  const std::string who = isWholeWarp(shadow.writer)
                              ? "warp " + std::to_string(getGroupNumber(shadow.writer))
                              : describeThread(access.block, shadow.writer);
  access.block.fail(access.op, std::string("expected a fence.proxy.async between this ") + what +
                                   " of shared memory by the async proxy and the store of " + who +
                                   " at " + sites[shadow.writeSite].location + " (" +
                                   sites[shadow.writeSite].operation + ")");
}

void tconvEmuProxyFence() {
  Block &block = Block::current();
  block.mbarriers.announce(block.thread());
  if (block.races().isEnabled())
    block.races().fenceProxy(block.thread());
}

void tconvEmuMbarrierInitFence() {
  Block &block = Block::current();
  block.mbarriers.announce(block.thread());
}
