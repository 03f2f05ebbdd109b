//===- Axis.cpp - The dimensions that tiles extend over -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiles and blocks are boxes of positions along the batch and the spatial dimensions. A box of a
// number of points fills the innermost axes first, so that its points are neighbours in memory; a
// register tile may begin with another axis, if that leaves fewer tiles.
//
//===----------------------------------------------------------------------===//

#include "Axis.h"

#include "tconv/Support/Division.h"

#include <algorithm>

using namespace tconv;

static Axis batchAxis(int64_t batch, int64_t xStride, int64_t yStride) {
  Axis axis{{}, xStride, yStride, {0}};
  axis.dim.rows = {
      {.firstTap = 0, .taps = 1, .residue = 0, .inputBase = 0, .qBegin = 0, .qEnd = batch}};
  axis.dim.intervals = {{.row = 0, .tapBegin = 0, .tapEnd = 1, .begin = 0, .end = batch}};
  axis.dim.end = batch;
  return axis;
}

int64_t tconv::paddedInputChannels(const Geometry &geometry, DotProduct dot) {
  const int64_t step = channelsPerStep(dot), channels = geometry.inputChannels / geometry.groups;
  return roundUp(channels, step) * geometry.groups;
}

std::vector<Axis> tconv::createAxes(const Geometry &geometry, const Schedule &schedule) {
  std::vector<Axis> axes;
  int64_t xStride = paddedInputChannels(geometry, schedule.dot), yStride = geometry.outputChannels;
  for (size_t index = geometry.dims.size(); index-- > 0;) {
    const DimGeometry &dim = geometry.dims[index];
    const bool fused = schedule.fusedPhases > 1 && index + 1 == geometry.dims.size();
    Axis axis{IntervalDim::create(dim, fused), xStride, yStride * dim.attributes.stride, {}};
    if (axis.dim.intervals.empty())
      return {};
    for (const PhaseRow &row : axis.dim.rows)
      axis.yBase.push_back((row.residue - dim.attributes.paddingBegin) * yStride);
    axes.push_back(std::move(axis));
    xStride *= dim.input;
    yStride *= dim.output;
  }
  axes.push_back(batchAxis(geometry.batch, xStride, yStride));
  std::reverse(axes.begin(), axes.end());
  return axes;
}

std::vector<Piece> tconv::splitEvenly(int64_t begin, int64_t end, int64_t limit) {
  std::vector<Piece> pieces;
  const int64_t extent = end - begin, count = ceilDivide(extent, limit);
  for (int64_t piece = 0; piece < count; ++piece) {
    int64_t size = extent / count + (piece < extent % count);
    pieces.push_back({begin, size});
    begin += size;
  }
  return pieces;
}

std::vector<int64_t> tconv::fillBox(const std::vector<int64_t> &extents, int64_t limit) {
  std::vector<int64_t> box(extents.size(), 1);
  for (size_t axis = extents.size(); axis-- > 0;) {
    box[axis] = std::clamp<int64_t>(limit, 1, std::max<int64_t>(extents[axis], 1));
    if (box[axis] < extents[axis])
      break;
    limit /= box[axis];
  }
  return box;
}

std::vector<int64_t> tconv::extentsOf(const std::vector<Axis> &axes) {
  std::vector<int64_t> extents;
  for (const Axis &axis : axes)
    extents.push_back(axis.dim.end - axis.dim.begin);
  return extents;
}

std::vector<int64_t> tconv::boxOfBlocks(const std::vector<Axis> &axes, const Schedule &schedule) {
  return fillBox(extentsOf(axes), schedule.blockPixels);
}

double tconv::countBoxes(const std::vector<int64_t> &extents, const std::vector<int64_t> &box) {
  double count = 1;
  for (size_t axis = 0; axis < extents.size(); ++axis)
    count *= double(ceilDivide(extents[axis], box[axis]));
  return count;
}

std::vector<int64_t> tconv::fillTile(const std::vector<int64_t> &extents, int64_t limit) {
  std::vector<int64_t> best = fillBox(extents, limit);
  for (size_t start = 0; start + 1 < extents.size(); ++start) {
    std::vector<int64_t> others = extents;
    const int64_t size = std::clamp<int64_t>(limit, 1, std::max<int64_t>(extents[start], 1));
    others[start] = 1;
    std::vector<int64_t> box = fillBox(others, size < extents[start] ? 1 : limit / size);
    box[start] = size;
    if (countBoxes(extents, box) < countBoxes(extents, best))
      best = box;
  }
  return best;
}
