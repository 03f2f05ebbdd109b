//===- GpuTraffic.cpp - What kernels read from memory ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GpuTraffic.h"

#include "tconv/Support/Division.h"

#include <algorithm>
#include <cmath>

using namespace tconv;

namespace {

/// Bytes of the tensors of a layer.
struct TensorBytes {
  double x, w, y;
};

TensorBytes measureTensors(const Problem &problem) {
  const Geometry &g = problem.geometry;
  const auto bytes = double(byteSize(problem.type));
  TensorBytes tensors{double(g.batch * g.inputChannels) * bytes,
                      double(g.inputChannels * (g.outputChannels / g.groups)) * bytes,
                      double(g.batch * g.outputChannels) * bytes};
  for (const DimGeometry &dim : g.dims) {
    tensors.x *= double(dim.input);
    tensors.w *= double(dim.kernel);
    tensors.y *= double(dim.output);
  }
  return tensors;
}

} // namespace

double tconv::leastTraffic(const Problem &problem) {
  const TensorBytes tensors = measureTensors(problem);
  return tensors.x + tensors.w + tensors.y;
}

double tconv::estimateTraffic(const GpuLayer &layer, const GpuSchedule &s, const TileWork &work,
                              int64_t blocksAtATime, const TargetGpu &target) {
  const Geometry &g = layer.problem.geometry;
  const TensorBytes all = measureTensors(layer.problem);
  const double x = all.x / double(g.groups), w = all.w / double(g.groups);
  const auto columns = double(ceilDivide(layer.outputChannels(), s.blockN));
  // Groups come one after the other. Bands that run at the same time are one.
  const double atATime = double(blocksAtATime) / double(s.splitK);
  const double band = std::min(std::max(double(s.raster), atATime / columns), work.tiles);
  const double columnsAtATime = std::clamp(atATime / band, 1.0, columns);
  // What is written and what comes for the next blocks needs room, too.
  const double room = double(target.cacheBytes) / 2;
  const double ofBand = x * band / std::max(work.tiles, 1.0);
  const double bands = std::ceil(work.tiles / band);
  const bool xStays = ofBand + w * columnsAtATime / columns <= room, wStays = ofBand + w <= room;
  const double xReads = xStays ? x : x * std::ceil(columns / columnsAtATime);
  const double wReads = wStays ? w : w * bands;
  return (xReads + wReads) * double(g.groups) + all.y;
}
