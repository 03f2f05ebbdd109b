//===- MemoryMap.h - What memory a kernel may touch ----------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_MEMORYMAP_H
#define TCONV_LIB_EMULATOR_MEMORYMAP_H

#include "tconv/Emulator/EmulatedCode.h"

#include <map>

namespace tconv::emulator {

/// A range of addresses with a name for people.
struct Region {
  uint64_t base = 0, bytes = 0;
  SiteSpace space = SiteSpace::Global;
  std::string name;
};

/// The allocations of a device and the variables of its modules.
class MemoryMap {
public:
  /// What memory that nobody wrote is full of: a NaN in each floating-point type.
  static constexpr int poison = 0xff;
  /// No two allocations are closer to each other than this, so that one step out of one of
  /// them is not inside of another.
  static constexpr uint64_t gap = 256;

  ~MemoryMap();

  Result<DeviceAddress> allocate(uint64_t bytes);
  Status free(DeviceAddress address);
  /// An error if not all of a range is in one live allocation or variable.
  Status check(DeviceAddress address, uint64_t bytes) const;

  void addVariable(const EmulatedVariable &variable);
  void removeVariable(const EmulatedVariable &variable);

  /// The live region that holds all of an access, or null.
  const Region *find(uint64_t address, uint64_t bytes) const;
  /// "4 bytes behind the end of allocation 3 of 256 bytes at 0x...".
  std::string describeNearest(uint64_t address, uint64_t bytes) const;

private:
  const Region *findBefore(uint64_t address) const;

  std::map<uint64_t, Region> regions;
  uint64_t numAllocations = 0;
};

/// Says where `address` is, seen from `region`.
std::string describePosition(const Region &region, uint64_t address, uint64_t bytes);
/// "0x7f0012340010".
std::string hex(uint64_t value);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_MEMORYMAP_H
