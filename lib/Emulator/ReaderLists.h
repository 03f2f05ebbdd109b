//===- ReaderLists.h - Who read a word of shared memory -------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_READERLISTS_H
#define TCONV_LIB_EMULATOR_READERLISTS_H

#include "tconv/Emulator/Site.h"

#include <array>
#include <cstdint>
#include <vector>

namespace tconv::emulator {

/// Who made an access: a thread by its number, or one of these.
using Accessor = uint16_t;
inline constexpr Accessor atomicAccess = 0x4000;
/// All lanes of a warp together: of ldmatrix, no one knows which lane reads which element.
constexpr Accessor wholeWarp(uint32_t warp) { return static_cast<Accessor>(0x2000 | warp); }
/// An operation of four warps together.
constexpr Accessor wholeWarpgroup(uint32_t index) { return static_cast<Accessor>(0x1000 | index); }
constexpr bool isWarpgroup(Accessor who) { return who & wholeWarpgroup(0); }
constexpr bool isWholeWarp(Accessor who) { return who & wholeWarp(0); }
/// The number of a whole warp or warpgroup.
constexpr uint32_t getGroupNumber(Accessor who) { return who & 0xfff; }

/// The warp of a thread or of a whole warp.
uint32_t getWarp(Accessor who);

/// The last reads of words that several warps read: each word has a list, with an entry for each
/// warp or warpgroup. Lists have numbers, of which 0 is none.
class ReaderLists {
public:
  struct Reader {
    uint32_t time = 0, site = 0;
    uint32_t next = 0;
    Accessor who = 0;
  };

  /// Adds a read, in place of an earlier one by the same warp or warpgroup.
  void add(uint32_t &list, uint32_t time, uint32_t site, Accessor who);

  template <typename Visit> void forEach(uint32_t list, Visit visit) {
    for (; list != 0; list = readers[list].next)
      visit(readers[list]);
  }
  void clear() { readers.resize(1); }

private:
  std::vector<Reader> readers = std::vector<Reader>(1);
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_READERLISTS_H
