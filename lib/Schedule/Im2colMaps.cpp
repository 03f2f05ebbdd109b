//===- Im2colMaps.cpp - Columns of pixels that tensor maps describe -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/Im2colMaps.h"

#include "tconv/Device/TensorMap.h"

#include <algorithm>
#include <string>

using namespace tconv;

namespace {

bool readsSomething(const Phase &phase) { return phase.taps() > 0; }

std::vector<int64_t> orderDims(int64_t rank, GpuPixelOrder order) {
  std::vector<int64_t> dims;
  for (int64_t dim = rank; dim-- > 0;)
    dims.push_back(dim);
  const bool imagesFirst = order == GpuPixelOrder::PixelByPixel;
  dims.insert(imagesFirst ? dims.begin() : dims.end(), Im2colMaps::images);
  return dims;
}

std::vector<int64_t> findFirstInput(int64_t rank, const PhaseTable &phases) {
  std::vector<int64_t> first(static_cast<size_t>(rank), INT64_MAX);
  for (const Phase &phase : phases.phases)
    for (size_t dim = 0; dim < first.size() && readsSomething(phase); ++dim)
      first[dim] = std::min(first[dim], phase.dims[dim].firstInput);
  return first;
}

/// Of the dimensions that have corners.
Im2colMaps::Corners findCorners(const Geometry &geometry, const Phase &phase,
                                const Im2colMaps &maps) {
  Im2colMaps::Corners corners;
  for (size_t number = 0; number + 1 < maps.dims.size(); ++number) {
    int64_t lower = 0, upper = 0;
    if (const int64_t dim = maps.dims[number]; dim != Im2colMaps::images) {
      const auto index = static_cast<size_t>(dim);
      lower = maps.firstInput[index];
      upper = lower + phase.dims[index].extent - geometry.dims[index].input;
    }
    corners.lower.push_back(lower);
    corners.upper.push_back(upper);
  }
  return corners;
}

Status checkCorners(const std::vector<int64_t> &corners, size_t rank) {
  const int64_t end = endOfCorners(rank);
  for (int64_t corner : corners)
    if (corner < -end || corner >= end)
      return Error{"expected pixels for im2col to begin and end from " + std::to_string(-end) +
                   " to " + std::to_string(end - 1) + " elements beside x, got " +
                   std::to_string(corner)};
  return success();
}

/// How far behind its pixel the last tap of a phase reads, where that is an offset.
Status checkOffsets(const Geometry &geometry, const Phase &phase, const Im2colMaps &maps) {
  const int64_t end = 2 * int64_t(endOfCorners(maps.dims.size() + 1));
  for (size_t number = 0; number + 1 < maps.dims.size(); ++number) {
    if (maps.dims[number] == Im2colMaps::images)
      continue;
    const auto dim = static_cast<size_t>(maps.dims[number]);
    const PhaseDim &values = phase.dims[dim];
    const int64_t last = values.firstInput - maps.firstInput[dim] +
                         (values.taps - 1) * geometry.dims[dim].attributes.inputStep();
    if (last >= end)
      return Error{"expected taps for im2col at most " + std::to_string(end - 1) +
                   " elements behind the first one, got " + std::to_string(last)};
  }
  return success();
}

} // namespace

Result<Im2colMaps> Im2colMaps::create(const Geometry &geometry, const PhaseTable &phases,
                                      GpuPixelOrder order) {
  const auto rank = static_cast<int64_t>(geometry.dims.size());
  Im2colMaps result;
  result.dims = orderDims(rank, order);
  result.firstInput = findFirstInput(rank, phases);
  const size_t rankOfMaps = result.dims.size() + 1;
  for (const Phase &phase : phases.phases) {
    if (!readsSomething(phase)) {
      result.mapOfPhase.push_back(0);
      continue;
    }
    Corners corners = findCorners(geometry, phase, result);
    for (const auto *corner : {&corners.lower, &corners.upper})
      if (Status status = checkCorners(*corner, rankOfMaps); !status)
        return status.error();
    if (Status status = checkOffsets(geometry, phase, result); !status)
      return status.error();
    auto found = std::find(result.maps.begin(), result.maps.end(), corners);
    result.mapOfPhase.push_back(found - result.maps.begin());
    if (found == result.maps.end())
      result.maps.push_back(std::move(corners));
  }
  return result;
}
