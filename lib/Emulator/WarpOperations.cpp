//===- WarpOperations.cpp - Shuffles, votes and the like ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Threads of a warp run one after the other: each lane brings its operands and waits, and
// the last of the mask computes the results of all (Warps.h). Which lane reads which, and
// what lanes get that take no part, is as PTX defines it.
//
//===----------------------------------------------------------------------===//

#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"

#include <algorithm>
#include <bit>

using namespace tconv;
using namespace tconv::emulator;

namespace {

template <typename Visit> void forEachLane(Warp &warp, uint32_t mask, Visit visit) {
  for (; mask; mask &= mask - 1) {
    uint32_t index = std::countr_zero(mask);
    visit(index, warp.lanes[index]);
  }
}

struct Source {
  uint32_t lane;
  bool valid;
};

/// Which lane `lane` reads, as PTX defines shfl: `clamp` has the last lane of a segment in bits
/// 0 to 4, and in bits 8 to 12 those bits of a lane's number that name its segment.
Source getSource(ShuffleKind kind, uint32_t lane, uint32_t offset, uint32_t clamp) {
  uint32_t bound = clamp & lanesMask, segment = clamp >> 8 & lanesMask;
  uint32_t last = (lane & segment) | (bound & ~segment), first = lane & segment;
  int64_t source = 0;
  bool valid = false;
  switch (kind) {
  case ShuffleKind::Up:
    source = int64_t(lane) - (offset & lanesMask);
    valid = source >= int64_t(last);
    break;
  case ShuffleKind::Down:
    source = lane + (offset & lanesMask);
    valid = source <= last;
    break;
  case ShuffleKind::Xor:
    source = lane ^ (offset & lanesMask);
    valid = source <= last;
    break;
  case ShuffleKind::Index:
    source = first | (offset & lanesMask & ~segment);
    valid = source <= last;
    break;
  }
  return {valid ? static_cast<uint32_t>(source) : lane, valid};
}

/// Lanes bring the value in `value`, the offset in `argument`, the kind and the clamp in the
/// halves of `address`.
void shuffle(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  forEachLane(warp, mask, [&](uint32_t index, Lane &lane) {
    auto kind = static_cast<ShuffleKind>(lane.address >> 32);
    Source source = getSource(kind, index, lane.argument, static_cast<uint32_t>(lane.address));
    if (!(mask >> source.lane & 1))
      block.fail(site, "expected a shuffle from a lane of mask " + hex(mask) + ", got lane " +
                           std::to_string(index) + " reading lane " + std::to_string(source.lane));
    lane.result = static_cast<uint32_t>(warp.lanes[source.lane].value);
    lane.predicate = source.valid;
  });
}

void vote(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  uint32_t ballot = 0;
  forEachLane(warp, mask,
              [&](uint32_t index, Lane &lane) { ballot |= uint32_t(lane.predicate) << index; });
  forEachLane(warp, mask, [&](uint32_t, Lane &lane) {
    switch (static_cast<VoteKind>(lane.argument)) {
    case VoteKind::Any:
      lane.result = ballot != 0;
      break;
    case VoteKind::All:
      lane.result = ballot == mask;
      break;
    case VoteKind::Uniform:
      lane.result = ballot == mask || ballot == 0;
      break;
    case VoteKind::Ballot:
      lane.result = ballot;
      break;
    }
  });
}

uint32_t combine(WarpReduction kind, uint32_t a, uint32_t b) {
  auto signedA = static_cast<int32_t>(a), signedB = static_cast<int32_t>(b);
  switch (kind) {
  case WarpReduction::Add:
    return a + b;
  case WarpReduction::And:
    return a & b;
  case WarpReduction::Or:
    return a | b;
  case WarpReduction::Xor:
    return a ^ b;
  case WarpReduction::Min:
    return std::min(signedA, signedB);
  case WarpReduction::Max:
    return std::max(signedA, signedB);
  case WarpReduction::UnsignedMin:
    return std::min(a, b);
  case WarpReduction::UnsignedMax:
    return std::max(a, b);
  }
  return 0;
}

void reduce(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  const Lane &firstLane = warp.lanes[std::countr_zero(mask)];
  auto kind = static_cast<WarpReduction>(firstLane.argument);
  auto result = static_cast<uint32_t>(firstLane.value);
  forEachLane(warp, mask & (mask - 1), [&](uint32_t, Lane &lane) {
    result = combine(kind, result, static_cast<uint32_t>(lane.value));
  });
  forEachLane(warp, mask, [&](uint32_t, Lane &lane) { lane.result = result; });
}

void match(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  forEachLane(warp, mask, [&](uint32_t, Lane &lane) {
    uint32_t same = 0;
    forEachLane(warp, mask, [&](uint32_t other, Lane &otherLane) {
      same |= uint32_t(otherLane.value == lane.value) << other;
    });
    bool all = lane.argument;
    lane.predicate = same == mask;
    lane.result = !all || lane.predicate ? same : 0;
  });
}

void elect(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  uint32_t leader = std::countr_zero(mask);
  forEachLane(warp, mask, [&](uint32_t index, Lane &lane) { lane.result = index == leader; });
}

void synchronize(Block &block, Warp &warp, uint32_t mask, Site *site) {
  ++block.counters.warpOperations;
  if (block.races().isEnabled())
    block.races().syncWarp(block.thread() / warpSize);
}

} // namespace

uint32_t tconvEmuShuffle(uint32_t kind, uint32_t mask, uint32_t value, uint32_t offset,
                         uint32_t clamp, uint32_t *valid, Site *site) {
  Block &block = Block::current();
  Lane lane;
  lane.value = value;
  lane.argument = offset;
  lane.address = uint64_t(kind) << 32 | clamp;
  const Lane &after = block.warps.collect(block, mask, lane, site, shuffle);
  *valid = after.predicate;
  return after.result;
}

uint32_t tconvEmuVote(uint32_t kind, uint32_t mask, uint32_t predicate, Site *site) {
  Block &block = Block::current();
  Lane lane;
  lane.argument = kind;
  lane.predicate = predicate;
  return block.warps.collect(block, mask, lane, site, vote).result;
}

uint32_t tconvEmuReduce(uint32_t kind, uint32_t mask, uint32_t value, Site *site) {
  Block &block = Block::current();
  Lane lane;
  lane.argument = kind;
  lane.value = value;
  return block.warps.collect(block, mask, lane, site, reduce).result;
}

uint32_t tconvEmuMatch(uint32_t all, uint32_t mask, uint64_t value, uint32_t *valid, Site *site) {
  Block &block = Block::current();
  Lane lane;
  lane.argument = all;
  lane.value = value;
  const Lane &after = block.warps.collect(block, mask, lane, site, match);
  *valid = after.predicate;
  return after.result;
}

uint32_t tconvEmuElect(uint32_t mask, Site *site) {
  Block &block = Block::current();
  return block.warps.collect(block, mask, Lane(), site, elect).result;
}

void tconvEmuWarpBarrier(uint32_t mask, Site *site) {
  Block &block = Block::current();
  block.warps.collect(block, mask, Lane(), site, synchronize);
}
