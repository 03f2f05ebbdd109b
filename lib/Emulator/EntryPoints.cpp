//===- EntryPoints.cpp - What code for the emulator calls -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Emulator/EntryPoints.h"

#include "Access.h"
#include "Block.h"

#include <chrono>
#include <cmath>

using namespace tconv;
using namespace tconv::emulator;

uint32_t tconvEmuSpecialRegister(uint32_t which) {
  const Block &block = Block::current();
  uint32_t thread = block.thread(), lane = thread % warpSize;
  auto reg = static_cast<SpecialRegister>(which);
  if (reg <= SpecialRegister::TidZ)
    return block.threadIndex[thread][which];
  if (reg <= SpecialRegister::NtidZ)
    return block.shape.block[which - uint32_t(SpecialRegister::NtidX)];
  if (reg <= SpecialRegister::CtaidZ)
    return block.index[which - uint32_t(SpecialRegister::CtaidX)];
  if (reg <= SpecialRegister::NctaidZ)
    return block.shape.grid[which - uint32_t(SpecialRegister::NctaidX)];
  uint32_t below = (1u << lane) - 1, self = 1u << lane;
  switch (reg) {
  case SpecialRegister::LaneId:
    return lane;
  case SpecialRegister::WarpId:
    return thread / warpSize;
  case SpecialRegister::NumWarps:
    return countWarps(block.numThreads());
  case SpecialRegister::NumSms:
    return 1;
  case SpecialRegister::LaneMaskEq:
    return self;
  case SpecialRegister::LaneMaskLe:
    return below | self;
  case SpecialRegister::LaneMaskLt:
    return below;
  case SpecialRegister::LaneMaskGe:
    return ~below;
  case SpecialRegister::LaneMaskGt:
    return ~(below | self);
  case SpecialRegister::DynamicSharedBytes:
    return block.shape.sharedBytes;
  case SpecialRegister::TotalSharedBytes:
    return block.countSharedBytes();
  default:
    return 0;
  }
}

uint64_t tconvEmuClock() {
  auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

uint32_t tconvEmuBarrier(uint32_t id, uint32_t threads, uint32_t reduction, uint32_t predicate,
                         Site *site) {
  Block &block = Block::current();
  ++site->count;
  return block.barriers.wait(block, id, threads, static_cast<BarrierReduction>(reduction),
                             predicate, site);
}

void tconvEmuBarrierArrive(uint32_t id, uint32_t threads, Site *site) {
  Block &block = Block::current();
  ++site->count;
  block.barriers.arrive(block, id, threads, site);
}

void tconvEmuClusterBarrier(uint32_t waits, Site *site) {
  Block &block = Block::current();
  ++site->count;
  if (waits)
    block.barriers.waitForCluster(block, site);
  else
    block.barriers.arriveAtCluster(block, site);
}

void tconvEmuCopyAsync(uint64_t to, uint64_t from, uint32_t sourceBytes, Site *store, Site *load) {
  Block &block = Block::current();
  uint32_t bytes = store->bytes;
  ++store->count;
  if (sourceBytes > bytes)
    block.fail(store, "expected at most " + std::to_string(bytes) + " bytes to copy, got " +
                          std::to_string(sourceBytes));
  checkAccess(block, to, bytes, *store);
  if (sourceBytes > 0)
    checkAccess(block, from, sourceBytes, *load);
  if (sourceBytes > 0 && block.device.traffic.isEnabled())
    block.device.traffic.note(block.thread(), from, sourceBytes, *load);
  block.copies.issue(block, to, from, bytes, sourceBytes, store);
}

void tconvEmuCommitGroup() {
  Block &block = Block::current();
  block.copies.commit(block);
}

void tconvEmuWaitGroups(int32_t pending) {
  Block &block = Block::current();
  if (pending < 0)
    block.copies.waitAll(block);
  else
    block.copies.wait(block, static_cast<uint32_t>(pending));
}

uint32_t tconvEmuToTF32(uint32_t bits, uint32_t rounding) {
  constexpr uint32_t infinity = 0x7f800000, low = 0x1fff;
  if ((bits & infinity) == infinity)
    return bits & ~low;
  uint32_t half = rounding == 0 ? 0x1000 : rounding == 1 ? 0xfff + (bits >> 13 & 1) : 0;
  return (bits + half) & ~low;
}

uint32_t tconvEmuPermute(uint32_t low, uint32_t high, uint32_t selector) {
  uint64_t pool = uint64_t(high) << 32 | low;
  uint32_t result = 0;
  for (int index = 0; index < 4; ++index) {
    uint32_t choice = selector >> 4 * index & 15;
    auto byte = static_cast<uint8_t>(pool >> 8 * (choice & 7));
    if (choice & 8)
      byte = byte & 0x80 ? 0xff : 0;
    result |= uint32_t(byte) << 8 * index;
  }
  return result;
}

float tconvEmuRsqrtf(float value) { return 1 / std::sqrt(value); }
double tconvEmuRsqrt(double value) { return 1 / std::sqrt(value); }
float tconvEmuPowif(float value, int32_t exponent) {
  return static_cast<float>(std::pow(double(value), exponent));
}
double tconvEmuPowi(double value, int32_t exponent) { return std::pow(value, exponent); }

uint64_t tconvEmuMapToRank(uint64_t address, uint32_t rank, Site *site) {
  if (rank != 0)
    Block::current().fail(site,
                          "expected rank 0 in a cluster of one block, got " + std::to_string(rank));
  return address;
}

void tconvEmuTrap(const char *message, Site *site) {
  Block::current().fail(site, message ? "assertion failed: " + std::string(message) : "trap");
}

const std::vector<EmulatorSymbol> &tconv::getEmulatorSymbols() {
  static const std::vector<EmulatorSymbol> symbols = {
#define TCONV_EMULATOR_FUNCTION(NAME)                                                              \
  {getSymbolName(EmulatorFunction::NAME), reinterpret_cast<void *>(tconvEmu##NAME)},
#include "tconv/Emulator/EntryPoints.def"
  };
  return symbols;
}
