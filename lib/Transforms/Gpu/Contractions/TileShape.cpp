//===- TileShape.cpp - Tiles of blocks and threads ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// By rules: tiles as large as three quarters of them are used, halved until there are blocks for
// all multiprocessors, and never of fewer than two warps. None of the numbers is measured; the
// portable tier is for what the fast one does not take.
//
//===----------------------------------------------------------------------===//

#include "TileShape.h"

#include <algorithm>

using namespace mlir::tconv;

/// A dimension of at most so many elements is not staged.
constexpr int64_t thin = 4;
/// Large GPUs have 108 to 132 multiprocessors; fewer blocks leave some idle.
constexpr int64_t enoughBlocks = 128;
/// Two warps: what a multiprocessor switches between at a barrier.
constexpr int64_t leastThreads = 64;
constexpr int64_t largestTile = 64, smallestTile = 8, deepest = 16;

/// The tile size for a dimension: the largest that at least three quarters are used of.
static int64_t tileOf(std::optional<int64_t> size) {
  int64_t tile = largestTile;
  while (size && tile > smallestTile && *size < tile / 4 * 3)
    tile /= 2;
  return tile;
}

static int64_t divideUp(int64_t a, int64_t b) { return a / b + (a % b != 0); }

/// The number of blocks; nothing if it is not known, or very large.
static std::optional<int64_t> blocksOf(const ContractionCounts &counts, const TileShape &tile) {
  constexpr int64_t large = int64_t(1) << 20;
  if (!counts.batch || !counts.rows || !counts.columns)
    return std::nullopt;
  const int64_t rows = divideUp(*counts.rows, tile.rows);
  const int64_t columns = divideUp(*counts.columns, tile.columns);
  if (*counts.batch > large || rows > large || columns > large)
    return std::nullopt;
  return *counts.batch * rows * columns;
}

std::optional<TileShape> mlir::tconv::chooseTile(const ContractionCounts &counts) {
  if (counts.rows.value_or(thin + 1) <= thin || counts.columns.value_or(thin + 1) <= thin)
    return std::nullopt;
  TileShape tile{tileOf(counts.rows), tileOf(counts.columns), deepest, 4, 4};
  while (blocksOf(counts, tile).value_or(enoughBlocks) < enoughBlocks &&
         tile.rows * tile.columns > 32 * 32)
    (tile.rows > tile.columns ? tile.rows : tile.columns) /= 2;
  if (tile.rows * tile.columns < 32 * 32)
    tile.threadRows = tile.threadColumns = 2;
  while (tile.threads() < leastThreads)
    (tile.rows < tile.columns ? tile.rows : tile.columns) *= 2;
  // Each thread copies at least one element of both inputs at a time.
  while (counts.reduction && tile.depth > 4 && *counts.reduction <= tile.depth / 2 &&
         std::min(tile.rows, tile.columns) * tile.depth / 2 >= tile.threads())
    tile.depth /= 2;
  return tile;
}
