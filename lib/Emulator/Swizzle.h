//===- Swizzle.h - How rows of tiles in shared memory are permuted -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_SWIZZLE_H
#define TCONV_LIB_EMULATOR_SWIZZLE_H

#include <cstdint>

namespace tconv::emulator {

/// The bytes of a row within which chunks of 16 bytes change places; `None` leaves all in place.
enum class Swizzle : uint32_t { None = 16, Bytes32 = 32, Bytes64 = 64, Bytes128 = 128 };

/// The address at which hardware keeps what is at `address` without a swizzle. Bits from 7 on,
/// which count lines of 128 bytes, change bits from 4 on, which choose a chunk of 16 bytes: three
/// bits for 128 bytes, two for 64, one for 32. Addresses are those in shared memory, whose start
/// is a multiple of 1024 here; `firstLine` is where the pattern starts, if not at such a multiple.
constexpr uint64_t swizzle(uint64_t address, Swizzle kind, uint32_t firstLine = 0) {
  uint64_t chunks = static_cast<uint32_t>(kind) / 16;
  return address ^ ((address / 128 - firstLine) % chunks * 16);
}

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_SWIZZLE_H
