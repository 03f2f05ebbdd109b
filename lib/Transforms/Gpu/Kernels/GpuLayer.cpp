//===- GpuLayer.cpp - A layer as a GPU kernel sees it ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GpuLayer.h"

#include "../../Layers/DescribeLayer.h"
#include "tconv/Schedule/CheckGpuSchedule.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

Strides computeStrides(int64_t channels, ArrayRef<int64_t> sizes, bool channelsLast) {
  Strides strides;
  int64_t next = channelsLast ? channels : 1;
  strides.dims.resize(sizes.size());
  for (size_t dim = sizes.size(); dim-- > 0;) {
    strides.dims[dim] = next;
    next *= sizes[dim];
  }
  strides.channel = channelsLast ? 1 : next;
  strides.batch = channelsLast ? next : next * channels;
  return strides;
}

} // namespace

::tconv::Result<GpuLayer> GpuLayer::of(KernelOp op, const ::tconv::TargetGpu &target) {
  auto schedule = dyn_cast<GpuScheduleAttr>(op.getSchedule());
  if (!schedule)
    return ::tconv::Error{"expected a schedule for a GPU"};
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  const ::tconv::Geometry &geometry = problem->geometry;
  const ::tconv::GpuSchedule sizes = schedule.toSchedule();
  if (::tconv::Status status = ::tconv::checkGpuSchedule(sizes, *problem, target); !status)
    return ::tconv::Error{"the schedule does not fit the layer: " + status.message()};
  auto phases = ::tconv::createGpuPhases(geometry);
  if (!phases)
    return phases.error();
  SmallVector<int64_t> input, output;
  for (const ::tconv::DimGeometry &dim : geometry.dims) {
    input.push_back(dim.input);
    output.push_back(dim.output);
  }
  const bool last = problem->channelsLast();
  return GpuLayer{.op = op,
                  .geometry = geometry,
                  .schedule = sizes,
                  .packing = schedule.getFilterPacking(geometry),
                  .phases = *phases,
                  .work = ::tconv::TileWork::count(geometry, *phases, sizes.blockM, sizes.order),
                  .blocks = ::tconv::GpuBlocks::of(geometry, *phases, sizes),
                  .memory = ::tconv::GpuSharedMemory::of(sizes, *problem),
                  .channelsLast = last,
                  .element = op.getInputType().getElementType(),
                  .result = op.getOutputType().getElementType(),
                  .sum = op.getAccumulatorType(),
                  .x = computeStrides(geometry.inputChannels, input, last),
                  .y = computeStrides(geometry.outputChannels, output, last)};
}
