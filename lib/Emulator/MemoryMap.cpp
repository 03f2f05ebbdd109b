//===- MemoryMap.cpp - What memory a kernel may touch ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Regions by their addresses, so that the one that may hold an access is the last that begins
// before it. Allocations are real ones with a gap behind them, full of NaNs: what reads out of
// bounds, or what nobody wrote, is found or at least seen in the results.
//
//===----------------------------------------------------------------------===//

#include "MemoryMap.h"

#include "tconv/Support/Division.h"
#include "tconv/Support/Memory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

static constexpr uint64_t allocationAlignment = 256;

std::string emulator::hex(uint64_t value) {
  char text[24];
  snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

MemoryMap::~MemoryMap() {
  for (auto &[base, region] : regions)
    if (region.space == SiteSpace::Global)
      std::free(reinterpret_cast<void *>(base));
}

Result<DeviceAddress> MemoryMap::allocate(uint64_t bytes) {
  uint64_t available = availableMemory();
  if (bytes > available - std::min(available, 2 * gap))
    return Error{"expected an allocation of at most " + std::to_string(available) +
                 " bytes on the emulated device, got one of " + std::to_string(bytes)};
  uint64_t rounded = roundUp(bytes + gap, allocationAlignment);
  void *memory = std::aligned_alloc(allocationAlignment, rounded);
  if (!memory)
    return Error{"out of memory for an allocation of " + std::to_string(bytes) +
                 " bytes on the emulated device"};
  memset(memory, poison, rounded);
  auto base = reinterpret_cast<uint64_t>(memory);
  regions[base] =
      Region{base, bytes, SiteSpace::Global, "allocation " + std::to_string(++numAllocations)};
  return base;
}

Status MemoryMap::free(DeviceAddress address) {
  if (address == 0)
    return success();
  auto found = regions.find(address);
  if (found == regions.end() || found->second.space != SiteSpace::Global)
    return Error{"expected the address of an allocation to free, got " + hex(address) + ", " +
                 describeNearest(address, 1)};
  std::free(reinterpret_cast<void *>(address));
  regions.erase(found);
  return success();
}

void MemoryMap::addVariable(const EmulatedVariable &variable) {
  auto base = reinterpret_cast<uint64_t>(variable.address);
  regions[base] = Region{base, variable.bytes, SiteSpace::Constant, "variable " + variable.name};
}

void MemoryMap::removeVariable(const EmulatedVariable &variable) {
  regions.erase(reinterpret_cast<uint64_t>(variable.address));
}

const Region *MemoryMap::findBefore(uint64_t address) const {
  auto after = regions.upper_bound(address);
  return after == regions.begin() ? nullptr : &std::prev(after)->second;
}

const Region *MemoryMap::find(uint64_t address, uint64_t bytes) const {
  const Region *region = findBefore(address);
  if (!region || bytes > region->bytes || address - region->base > region->bytes - bytes)
    return nullptr;
  return region;
}

Status MemoryMap::check(DeviceAddress address, uint64_t bytes) const {
  if (find(address, bytes))
    return success();
  return Error{"expected a copy within an allocation of the emulated device, got " +
               std::to_string(bytes) + " bytes at " + hex(address) + ", " +
               describeNearest(address, bytes)};
}

std::string emulator::describePosition(const Region &region, uint64_t address, uint64_t bytes) {
  std::string whole =
      region.name + " of " + std::to_string(region.bytes) + " bytes at " + hex(region.base);
  if (address < region.base)
    return std::to_string(region.base - address) + " bytes before " + whole;
  if (address >= region.base + region.bytes)
    return std::to_string(address - region.base - region.bytes) + " bytes behind the end of " +
           whole;
  uint64_t over = address + bytes - region.base - region.bytes;
  return "the last " + std::to_string(over) + " bytes behind the end of " + whole;
}

std::string MemoryMap::describeNearest(uint64_t address, uint64_t bytes) const {
  if (regions.empty())
    return "where nothing is allocated";
  auto after = regions.upper_bound(address);
  const Region *below = findBefore(address);
  bool nearerAbove =
      after != regions.end() &&
      (!below || after->first - address < address - std::min(address, below->base + below->bytes));
  const Region &nearest = nearerAbove ? after->second : *below;
  if (nearest.base + nearest.bytes + (uint64_t(1) << 30) < address ||
      address + (uint64_t(1) << 30) < nearest.base)
    return "far from all allocations";
  return describePosition(nearest, address, bytes);
}
