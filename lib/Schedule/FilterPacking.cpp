//===- FilterPacking.cpp - The filter as kernels read it ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Schedule/FilterPacking.h"

#include "Tuples.h"
#include "tconv/Support/Division.h"

using namespace tconv;

namespace {

struct TapRow {
  int64_t firstTap;
  int64_t taps;
};

/// With `fused` phases of a row in the lanes, the row has fewer taps.
std::vector<TapRow> tapRows(const DimGeometry &dim, int64_t fused) {
  const int64_t step = dim.attributes.tapStep();
  if (fused > 1)
    return {{0, dim.kernel / fused}};
  std::vector<TapRow> rows;
  for (int64_t first = 0; first < dim.numRows(); ++first)
    rows.push_back({first, ceilDivide(dim.kernel - first, step)});
  return rows;
}

/// Numbers the taps phase by phase; in a phase those come first that read further
/// in front, so that neighbouring taps are often one run in x.
void numberTaps(const Geometry &geometry, FilterPacking &packing) {
  std::vector<std::vector<TapRow>> rows;
  std::vector<size_t> numRows;
  for (size_t dim = 0; dim < geometry.dims.size(); ++dim) {
    const bool innermost = dim + 1 == geometry.dims.size();
    rows.push_back(tapRows(geometry.dims[dim], innermost ? packing.fusedPhases : 1));
    numRows.push_back(rows.back().size());
  }
  forEachTuple(numRows, [&](const std::vector<size_t> &phase) {
    packing.firstTaps.push_back(static_cast<int64_t>(packing.tapOrder.size()));
    std::vector<size_t> taps;
    for (size_t dim = 0; dim < rows.size(); ++dim)
      taps.push_back(static_cast<size_t>(rows[dim][phase[dim]].taps));
    forEachTuple(taps, [&](const std::vector<size_t> &tuple) {
      int64_t index = 0;
      for (size_t dim = 0; dim < rows.size(); ++dim) {
        const TapRow &row = rows[dim][phase[dim]];
        int64_t tap = row.taps - 1 - static_cast<int64_t>(tuple[dim]);
        index = index * geometry.dims[dim].kernel + row.firstTap +
                tap * geometry.dims[dim].attributes.tapStep();
      }
      packing.tapOrder.push_back(index);
    });
  });
}

} // namespace

bool tconv::canFusePhases(const DimGeometry &innermost) {
  return innermost.attributes.dilation == 1 && innermost.attributes.stride > 1 &&
         innermost.kernel % innermost.attributes.stride == 0;
}

FilterPacking FilterPacking::createDirect(const Geometry &geometry, const Schedule &schedule) {
  FilterPacking packing;
  // A depthwise layer is one group of independent lanes.
  const bool depthwise = schedule.family == KernelFamily::Depthwise;
  packing.groups = depthwise ? 1 : geometry.groups;
  packing.inputChannels = geometry.inputChannels / geometry.groups;
  packing.outputChannels = geometry.outputChannels / packing.groups;
  for (const DimGeometry &dim : geometry.dims)
    packing.kernelElements *= dim.kernel;
  packing.fusedPhases = schedule.fusedPhases;
  // Kernels over the width read all taps of a row of w at once.
  const bool width = schedule.family == KernelFamily::Width;
  if (width)
    packing.fusedPhases = geometry.dims.back().kernel;
  packing.channelsPerStep = ::tconv::channelsPerStep(schedule.dot);
  packing.lanes = packing.outputChannels * packing.fusedPhases;
  packing.vectorLength = width ? 1 : schedule.vectorLength;
  packing.blockLanes = width ? packing.lanes : schedule.vectors * schedule.vectorLength;
  packing.fullBlocks = packing.lanes / packing.blockLanes;
  const int64_t rest = packing.lanes % packing.blockLanes;
  packing.lastBlockLanes = roundUp(rest, packing.vectorLength);
  packing.stepsPerTap = ceilDivide(packing.inputChannels, packing.channelsPerStep);
  packing.hasCorrections = schedule.dot == DotProduct::Int8Quads;
  numberTaps(geometry, packing);
  return packing;
}

FilterPacking FilterPacking::create(const Geometry &geometry, const Schedule &schedule) {
  FilterPacking packing = createDirect(geometry, schedule);
  if (schedule.family == KernelFamily::Winograd && checkTransforms(geometry, schedule)) {
    WinogradPlan plan = WinogradPlan::create(geometry, schedule);
    packing.transformedRows = plan.filterRows;
    packing.transforms = std::move(plan.classes);
  }
  return packing;
}

std::vector<int64_t> FilterPacking::sources() const {
  std::vector<int64_t> sources;
  sources.reserve(static_cast<size_t>(directElements()));
  auto source = [&](int64_t group, int64_t tap, int64_t channel, int64_t lane) {
    if (channel >= inputChannels || lane >= lanes)
      return int64_t(-1);
    const int64_t phase = lane / outputChannels, row = group * inputChannels + channel;
    return (row * outputChannels + lane % outputChannels) * kernelElements + tap + phase;
  };
  for (int64_t group = 0; group < groups; ++group)
    for (int64_t first = 0; first < paddedLanes(); first += blockLanes) {
      const int64_t end = std::min(first + blockLanes, paddedLanes());
      for (int64_t tap : tapOrder)
        for (int64_t step = 0; step < stepsPerTap; ++step)
          for (int64_t lane = first; lane < end; ++lane)
            for (int64_t part = 0; part < channelsPerStep; ++part)
              sources.push_back(source(group, tap, step * channelsPerStep + part, lane));
      const int64_t corrections = (rows() - steps()) * (end - first) * channelsPerStep;
      sources.insert(sources.end(), static_cast<size_t>(corrections), -1);
    }
  return sources;
}

int64_t tconv::longestPhase(const Geometry &geometry, const Schedule &schedule) {
  int64_t steps =
      ceilDivide(geometry.inputChannels / geometry.groups, channelsPerStep(schedule.dot));
  for (const DimGeometry &dim : geometry.dims)
    steps *= ceilDivide(dim.kernel, dim.attributes.tapStep());
  return steps;
}
