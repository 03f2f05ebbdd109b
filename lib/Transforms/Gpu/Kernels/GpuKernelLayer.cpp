//===- GpuKernelLayer.cpp - A layer as a GPU kernel sees it ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GpuKernelLayer.h"

#include "../../Layers/DescribeLayer.h"
#include "tconv/Schedule/CheckGpuSchedule.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

Strides computeStrides(const Problem &problem, int64_t channels, int64_t DimGeometry::*size) {
  const std::vector<DimGeometry> &dims = problem.geometry.dims;
  Strides strides;
  int64_t next = problem.channelsLast() ? channels : 1;
  strides.dims.resize(dims.size());
  for (size_t dim = dims.size(); dim-- > 0;) {
    strides.dims[dim] = next;
    next *= dims[dim].*size;
  }
  strides.channel = problem.channelsLast() ? 1 : next;
  strides.batch = problem.channelsLast() ? next : next * channels;
  return strides;
}

} // namespace

GpuKernelLayer::GpuKernelLayer(KernelOp op, ::tconv::GpuLayer layer, GpuScheduleAttr attribute)
    : GpuLayer(std::move(layer)), op(op), schedule(attribute.toSchedule()),
      packing(attribute.getFilterPacking(problem.geometry)),
      work(TileWork::count(problem.geometry, phases, schedule.blockM, schedule.order)),
      blocks(::tconv::GpuBlocks::of(problem.geometry, phases, schedule)),
      memory(GpuSharedMemory::of(schedule, problem)), element(op.getInputType().getElementType()),
      result(op.getOutputType().getElementType()), sum(op.getAccumulatorType()),
      x(computeStrides(problem, problem.geometry.inputChannels, &DimGeometry::input)),
      y(computeStrides(problem, problem.geometry.outputChannels, &DimGeometry::output)) {}

::tconv::Result<GpuKernelLayer> GpuKernelLayer::of(KernelOp op, const TargetGpu &target) {
  auto schedule = dyn_cast<GpuScheduleAttr>(op.getSchedule());
  if (!schedule)
    return ::tconv::Error{"expected a schedule for a GPU"};
  auto problem = describeLayer(op);
  if (!problem)
    return problem.error();
  if (::tconv::Status status = ::tconv::checkGpuSchedule(schedule.toSchedule(), *problem, target);
      !status)
    return ::tconv::Error{"the schedule does not fit the layer: " + status.message()};
  auto layer = ::tconv::GpuLayer::of(*problem);
  if (!layer)
    return layer.error();
  return GpuKernelLayer(op, std::move(*layer), schedule);
}
