//===- Site.h - An op of a kernel, as the emulator knows it --- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EMULATOR_SITE_H
#define TCONV_EMULATOR_SITE_H

#include <cstddef>
#include <cstdint>

namespace tconv {

enum class SiteKind : uint8_t { Load, Store, Atomic, Other };

/// What an address is, as the type of the pointer says.
enum class SiteSpace : uint8_t { Generic, Global, Shared, Constant, Local };

/// An op of a kernel that touches memory or waits for other threads. Code that was lowered
/// for the emulator hands the address of its site to each of the emulator's functions.
struct Site {
  /// Where the last access was: [base, base + limit) are the addresses at which an access
  /// stays within the same variable or allocation. `limit` is 0 before the first one.
  uint64_t base = 0, limit = 0;
  /// How many threads came here since `base` changed, and before that.
  uint64_t count = 0, earlierCount = 0;
  /// How often a warp had to wait one more time for banks of shared memory.
  uint64_t bankConflicts = 0;
  /// 32-byte sectors of global memory, each once per access of a warp.
  uint64_t sectors = 0;
  /// "nvvm.ldmatrix"; "file.mlir:3:5".
  const char *operation = "", *location = "";
  /// Of an access; the alignment in bytes, a power of two.
  uint32_t bytes = 0, alignment = 1;
  SiteKind kind = SiteKind::Other;
  SiteSpace space = SiteSpace::Generic;
  /// What `base` is in, if `limit` is not 0.
  SiteSpace found = SiteSpace::Generic;
};

/// Generated code steps over sites by this.
inline constexpr size_t siteBytes = 80;
static_assert(sizeof(Site) == siteBytes);

} // namespace tconv

#endif // TCONV_EMULATOR_SITE_H
