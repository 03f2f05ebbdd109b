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
          {}};
}

Type KernelLayer::factorType() const {
  KernelOp kernel = op;
  return kernel.getSchedule().getPackedElementType(inputType.getElementType());
}

int64_t KernelLayer::xChannels() const {
  const int64_t step = ::tconv::channelsPerStep(schedule.dot);
  return llvm::alignTo(geometry.inputChannels / geometry.groups, step) * geometry.groups;
}

int64_t KernelLayer::xPixels() const { return inputType.getNumElements() / geometry.inputChannels; }

int64_t KernelLayer::yPixels() const {
  return outputType.getNumElements() / geometry.outputChannels;
}
