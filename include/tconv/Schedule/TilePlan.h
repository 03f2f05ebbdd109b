//===- TilePlan.h - The tiles of a layer, as data ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The phases, borders and register tiles of a layer as tables that a kernel walks
// over: so that one small kernel serves every rank, stride, dilation, padding and
// number of phases, no multiplication by padding is left, and the code does not grow
// with the layer.
//
// A tile is a handful of output pixels, all of one phase, whose taps that fall inside
// x are the same. Its sum runs over segments: runs of steps that are contiguous in x
// (from each pixel) and in the packed filter. A long sum is computed in parts, each by a
// tile of its own, with the tiles of a block taking turns. Tiles stand in blocks; blocks that
// differ only in their position share their tiles.
//
// All positions are offsets in elements, x and y being channels last.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_TILEPLAN_H
#define TCONV_SCHEDULE_TILEPLAN_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/Schedule.h"

#include <vector>

namespace tconv {

/// Where the pixels of a tile lie, relative to its first one.
struct TileShape {
  std::vector<int64_t> x;
  std::vector<int64_t> y;

  int64_t pixels() const { return static_cast<int64_t>(x.size()); }
  auto operator<=>(const TileShape &) const = default;
};

struct Segment {
  /// From the tile's position in x; may point before it.
  int64_t x;
  /// The first step in the packed filter of a lane block.
  int64_t step;
  /// The number of steps.
  int64_t length;

  auto operator<=>(const Segment &) const = default;
};

struct Tile {
  int64_t shape;
  /// Relative to the block.
  int64_t x;
  int64_t y;
  int64_t segmentBegin;
  int64_t segmentEnd;
  /// The lanes that exist: fewer than all only where fused phases are cut off.
  int64_t laneBegin;
  int64_t laneEnd;
  /// Whether the sums go on from what an earlier tile left in y, and whether a later
  /// one goes on from these.
  bool continues;
  bool unfinished;
  /// Tiles that read the same reduction block share the work of fetching the next one:
  /// this one's share, of 2^logShares.
  int64_t share = 0;
  int64_t logShares = 0;
};

struct Block {
  int64_t tileBegin;
  int64_t tileEnd;
  int64_t x;
  int64_t y;
};

struct TilePlan {
  std::vector<TileShape> shapes;
  std::vector<Segment> segments;
  std::vector<Tile> tiles;
  std::vector<Block> blocks;
  /// Whether a tile has fewer lanes than all.
  bool clipped = false;
  /// Whether the sums of a tile are computed in several parts.
  bool inParts = false;
  /// The least logShares of a tile.
  int64_t leastLogShares = 0;

  /// The plan of a layer whose channels of x are padded to a multiple of
  /// channelsPerStep in each group, and whose filter is packed as FilterPacking says;
  /// unsupported if the tables would be too large.
  static Result<TilePlan> create(const Geometry &geometry, const Schedule &schedule);

  /// The plan for code that was made before the sizes were known (RuntimePlan.h), of any size:
  /// tiles have all their pixels, wherever rows end, but for the last one of a kind in a block.
  static TilePlan createForRun(const Geometry &geometry, const Schedule &schedule);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_TILEPLAN_H
