//===- Matrices.cpp - ldmatrix and stmatrix -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Lane 8 i + r has the address of row r of matrix i. Element (r, c) of a matrix is in half
// c % 2 of register i of lane 4 r + c / 2; transposed, element (c, r) is.
//
//===----------------------------------------------------------------------===//

#include "Access.h"
#include "Block.h"

#include "tconv/Emulator/EntryPoints.h"

#include <algorithm>
#include <cstring>

using namespace tconv;
using namespace tconv::emulator;

namespace {

constexpr uint32_t rows = 8, rowBytes = 16;

/// Matrix `index` in the registers of a lane: the place in memory of its two elements.
struct Element {
  uint32_t row, column;
};

Element getElement(uint32_t lane, uint32_t half, bool transposed) {
  Element element{lane / 4, lane % 4 * 2 + half};
  if (transposed)
    std::swap(element.row, element.column);
  return element;
}

/// Eight rows of 16 bytes take one wavefront if no two of them are in the same banks.
uint32_t countConflicts(const Warp &warp, uint32_t index) {
  uint32_t counts[rows] = {};
  for (uint32_t row = 0; row < rows; ++row)
    ++counts[warp.lanes[index * rows + row].address / rowBytes % rows];
  return *std::max_element(counts, counts + rows) - 1;
}

/// Counts the operation, and tells the race detector of its rows.
void noteMove(Block &block, Warp &warp, uint32_t matrices, Site &site) {
  ++block.counters.matrixMoves;
  uint32_t conflicts = 0;
  for (uint32_t index = 0; index < matrices; ++index)
    conflicts += countConflicts(warp, index);
  site.bankConflicts += conflicts;
  block.counters.bankConflicts += conflicts;
  if (!block.races().isEnabled())
    return;
  Accessor who = wholeWarp(block.thread() / warpSize);
  for (uint32_t row = 0; row < matrices * rows; ++row) {
    if (site.kind == SiteKind::Load)
      block.races().read(block, warp.lanes[row].address, rowBytes, site, who);
    else
      block.races().write(block, warp.lanes[row].address, rowBytes, site, who);
  }
}

/// Calls `move` with each lane, the byte in its registers, and the shared memory, of two bytes each
/// of the matrices that a warp moves.
template <typename Move> void forEachElement(Block &block, Warp &warp, Site *site, Move move) {
  uint32_t count = warp.lanes[0].argument;
  bool transposed = warp.lanes[0].predicate;
  noteMove(block, warp, count, *site);
  for (uint32_t index = 0; index < count; ++index)
    for (uint32_t lane = 0; lane < warpSize; ++lane)
      for (uint32_t half = 0; half < 2; ++half) {
        Element element = getElement(lane, half, transposed);
        uint64_t row = warp.lanes[index * rows + element.row].address;
        move(warp.lanes[lane], index * 4 + half * 2,
             reinterpret_cast<char *>(row) + size_t(element.column) * 2);
      }
}

void loadMatrices(Block &block, Warp &warp, uint32_t mask, Site *site) {
  forEachElement(block, warp, site, [](Lane &lane, uint32_t byte, const char *shared) {
    memcpy(static_cast<char *>(lane.output) + byte, shared, 2);
  });
}

void storeMatrices(Block &block, Warp &warp, uint32_t mask, Site *site) {
  forEachElement(block, warp, site, [](Lane &lane, uint32_t byte, char *shared) {
    memcpy(shared, static_cast<const char *>(lane.inputs[0]) + byte, 2);
  });
}

Block &enter(uint64_t address, uint32_t count, Site *site) {
  Block &block = Block::current();
  requireWholeWarp(block, site);
  if (block.thread() % warpSize < count * rows)
    checkAccess(block, address, rowBytes, *site);
  return block;
}

} // namespace

void tconvEmuLoadMatrices(uint64_t address, uint32_t *registers, uint32_t count,
                          uint32_t transposed, Site *site) {
  Block &block = enter(address, count, site);
  Lane lane;
  lane.output = registers;
  lane.address = address;
  lane.argument = count;
  lane.predicate = transposed;
  block.warps.collect(block, fullMask, lane, site, loadMatrices);
}

void tconvEmuStoreMatrices(uint64_t address, const uint32_t *registers, uint32_t count,
                           uint32_t transposed, Site *site) {
  Block &block = enter(address, count, site);
  Lane lane;
  lane.inputs[0] = registers;
  lane.address = address;
  lane.argument = count;
  lane.predicate = transposed;
  block.warps.collect(block, fullMask, lane, site, storeMatrices);
}
