//===- ReaderLists.cpp - Who read a word of shared memory -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The reads of a word that a later write can race with: of each warp the last one is enough, since
// its lanes know of each other's. Lists are chains of entries of one vector, so that they are all
// cleared at once.
//
//===----------------------------------------------------------------------===//

#include "ReaderLists.h"

#include "Warps.h"

using namespace tconv;
using namespace tconv::emulator;

uint32_t emulator::getWarp(Accessor who) {
  return isWholeWarp(who) ? getGroupNumber(who) : who / warpSize;
}

static bool areOneWarp(Accessor a, Accessor b) {
  return !isWarpgroup(a) && !isWarpgroup(b) && getWarp(a) == getWarp(b);
}

void ReaderLists::add(uint32_t &list, uint32_t time, uint32_t site, Accessor who) {
  for (uint32_t index = list; index != 0; index = readers[index].next) {
    Reader &reader = readers[index];
    if (reader.who != who && !areOneWarp(reader.who, who))
      continue;
    // Two lanes of a warp: what the warp read.
    if (reader.who != who && reader.time != 0)
      who = wholeWarp(getWarp(who));
    reader = {time, site, reader.next, who};
    return;
  }
  readers.push_back({time, site, list, who});
  list = static_cast<uint32_t>(readers.size() - 1);
}
