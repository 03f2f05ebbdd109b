//===- TileShapes.cpp - The pixels of a tile ------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: unittests/Schedule/RuntimePlanTest.cpp
//
//===----------------------------------------------------------------------===//

#include "TileShapes.h"

#include "Tuples.h"

#include <algorithm>

using namespace tconv;

TileShape tconv::shapeOfBox(const std::vector<Axis> &axes, const std::vector<Piece> &pieces) {
  TileShape shape;
  std::vector<size_t> sizes;
  for (const Piece &piece : pieces)
    sizes.push_back(static_cast<size_t>(piece.size));
  forEachTuple(sizes, [&](const std::vector<size_t> &pixel) {
    int64_t x = 0, y = 0;
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      x += static_cast<int64_t>(pixel[axis]) * axes[axis].xStride;
      y += static_cast<int64_t>(pixel[axis]) * axes[axis].yStride;
    }
    shape.x.push_back(x);
    shape.y.push_back(y);
  });
  return shape;
}

LinearTiles::LinearTiles(const std::vector<Axis> &axes, const Box &box, int64_t pixels)
    : axes(axes), box(box), pixels(pixels), next(box.begin) {
  for (int64_t extent : box.extents)
    rest *= extent;
}

void LinearTiles::move(size_t axis, int64_t steps) {
  next[axis] += steps;
  x += steps * axes[axis].xStride;
  y += steps * axes[axis].yStride;
}

/// Behind the last pixel comes the first.
void LinearTiles::advancePixel() {
  for (size_t axis = axes.size(); axis-- > 0;) {
    move(axis, 1);
    if (next[axis] < box.begin[axis] + box.extents[axis])
      return;
    move(axis, -box.extents[axis]);
  }
}

bool LinearTiles::advance() {
  if (rest == 0)
    return false;
  first = next;
  x = y = 0;
  pixelsOfTile.x.clear();
  pixelsOfTile.y.clear();
  for (int64_t count = std::min(rest, pixels); count > 0; --count, --rest) {
    pixelsOfTile.x.push_back(x);
    pixelsOfTile.y.push_back(y);
    advancePixel();
  }
  return true;
}
