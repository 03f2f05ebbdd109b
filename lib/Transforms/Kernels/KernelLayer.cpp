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
  ::tconv::Schedule schedule = op.getSchedule().toSchedule();
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

Type mlir::tconv::getFactorType(Type elementType, ::tconv::DotProduct dot) {
  MLIRContext *context = elementType.getContext();
  switch (dot) {
  case ::tconv::DotProduct::Plain:
    if (elementType.isF16() || elementType.isBF16())
      return Float32Type::get(context);
    return elementType.isInteger(8) ? IntegerType::get(context, 32) : elementType;
  case ::tconv::DotProduct::Bf16Pairs:
    return BFloat16Type::get(context);
  case ::tconv::DotProduct::Int16Pairs:
    return IntegerType::get(context, 16);
  case ::tconv::DotProduct::Int8Quads:
    return IntegerType::get(context, 8);
  }
  llvm_unreachable("not a dot product");
}

Type KernelLayer::factorType() const {
  return getFactorType(inputType.getElementType(), schedule.dot);
}

int64_t KernelLayer::xChannels() const {
  const int64_t step = ::tconv::channelsPerStep(schedule.dot);
  return llvm::alignTo(geometry.inputChannels / geometry.groups, step) * geometry.groups;
}

int64_t KernelLayer::xPixels() const { return inputType.getNumElements() / geometry.inputChannels; }

int64_t KernelLayer::yPixels() const {
  return outputType.getNumElements() / geometry.outputChannels;
}
