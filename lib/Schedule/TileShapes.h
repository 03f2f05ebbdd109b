//===- TileShapes.h - The pixels of a tile ----------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_TILESHAPES_H
#define TCONV_LIB_SCHEDULE_TILESHAPES_H

#include "Axis.h"
#include "tconv/Schedule/TilePlan.h"

namespace tconv {

/// The pixels of a box: a piece of each axis.
TileShape shapeOfBox(const std::vector<Axis> &axes, const std::vector<Piece> &pieces);

/// Part of each axis.
struct Box {
  std::vector<int64_t> begin;
  std::vector<int64_t> extents;
};

/// The pixels of a box, row by row, in tiles of so many, all but the last one.
class LinearTiles {
public:
  LinearTiles(const std::vector<Axis> &axes, const Box &box, int64_t pixels);

  /// Goes to the next tile; false if there is none.
  bool advance();
  /// Where its first pixel lies.
  const std::vector<int64_t> &position() const { return first; }
  const TileShape &shape() const { return pixelsOfTile; }

private:
  void move(size_t axis, int64_t steps);
  void advancePixel();

  const std::vector<Axis> &axes;
  const Box &box;
  int64_t pixels;
  int64_t rest = 1;
  std::vector<int64_t> next; ///< the pixel behind the tile
  int64_t x = 0, y = 0;      ///< its distance from the first one
  std::vector<int64_t> first;
  TileShape pixelsOfTile;
};

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_TILESHAPES_H
