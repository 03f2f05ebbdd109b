//===- KernelLayer.cpp - A layer as a kernel sees it ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "KernelLayer.h"

using namespace mlir;
using namespace mlir::tconv;

KernelLayer KernelLayer::of(KernelOp op, const ::tconv::TargetCpu &target) {
  ::tconv::Geometry geometry = op.getGeometry();
  ::tconv::Schedule schedule = cast<ScheduleAttr>(op.getSchedule()).toSchedule();
  auto packing = ::tconv::FilterPacking::create(geometry, schedule);
  return {op,
          cast<MemRefType>(op.getInputType()),
          cast<MemRefType>(op.getOutputType()),
          op.isChannelsLast(),
          geometry,
          schedule,
          packing,
          op.getAccumulatorType(),
          target,
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {},
          {}};
}

bool KernelLayer::hasRuntimePlan() const {
  if (schedule.family != ::tconv::KernelFamily::OutputChannels &&
      schedule.family != ::tconv::KernelFamily::Depthwise)
    return false;
  if (ShapedType::isDynamicShape(inputType.getShape().drop_front()))
    return true;
  int64_t pixels = 1;
  for (const ::tconv::DimGeometry &dim : geometry.dims)
    pixels *= dim.input;
  return inputType.isDynamicDim(0) && pixels < 4 * schedule.pixels;
}

void KernelLayer::locate(Emitter &b) {
  const int64_t firstSpatial = channelsLast ? 1 : 2;
  batch = b.sizeOf(op.getInput(), 0);
  xPlane = yPlane = b.index(1);
  for (int64_t dim = 0; dim < static_cast<int64_t>(geometry.dims.size()); ++dim) {
    inputs.push_back(b.sizeOf(op.getInput(), firstSpatial + dim));
    outputs.push_back(b.sizeOf(op.getInit(), firstSpatial + dim));
    xPlane = b.mul(xPlane, inputs.back());
    yPlane = b.mul(yPlane, outputs.back());
  }
  filter = op.getFilter();
}

bool KernelLayer::transposesOutput() const {
  return channelsLast == (schedule.family == ::tconv::KernelFamily::Width);
}

bool KernelLayer::readsElements() const {
  KernelOp kernel = op;
  return !llvm::all_of(kernel.getNeighbours(), KernelOp::isPerChannel);
}

bool KernelLayer::defersEpilogue() const { return transposesOutput() && readsElements(); }

Type KernelLayer::completeType() const {
  KernelOp kernel = op;
  return defersEpilogue() ? kernel.getLayerType() : outputType.getElementType();
}

bool KernelLayer::keepsSums() const {
  return sum != completeType() && schedule.reductionBlock > 0 &&
         schedule.reductionBlock < ::tconv::longestPhase(geometry, schedule);
}

Type KernelLayer::factorType() const {
  KernelOp kernel = op;
  return kernel.getSchedule().getPackedElementType(inputType.getElementType());
}

int64_t KernelLayer::xChannels() const {
  const int64_t step = ::tconv::channelsPerStep(schedule.dot);
  return llvm::alignTo(geometry.inputChannels / geometry.groups, step) * geometry.groups;
}
