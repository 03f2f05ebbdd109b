//===- ScheduleAttr.cpp - The schedule as an attribute --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MirroredEnums.h"

#include "tconv/IR/TconvOps.h"

using namespace mlir;
using namespace mlir::tconv;

static_assert(areMirrored(ScheduleFamily::OutputChannels, ::tconv::KernelFamily::OutputChannels) &&
              areMirrored(ScheduleFamily::Width, ::tconv::KernelFamily::Width) &&
              areMirrored(ScheduleFamily::Depthwise, ::tconv::KernelFamily::Depthwise));
static_assert(areMirrored(ScheduleDot::Plain, ::tconv::DotProduct::Plain) &&
              areMirrored(ScheduleDot::Bf16Pairs, ::tconv::DotProduct::Bf16Pairs) &&
              areMirrored(ScheduleDot::Int16Pairs, ::tconv::DotProduct::Int16Pairs) &&
              areMirrored(ScheduleDot::Int8Quads, ::tconv::DotProduct::Int8Quads));

ScheduleAttr ScheduleAttr::get(MLIRContext *context, const ::tconv::Schedule &schedule) {
  return get(context, static_cast<ScheduleFamily>(schedule.family),
             static_cast<ScheduleDot>(schedule.dot), schedule.vectorLength, schedule.pixels,
             schedule.vectors, schedule.fusedPhases, schedule.blockPixels, schedule.blocksPerTask,
             schedule.reductionBlock, schedule.prefetch, schedule.unroll, schedule.tile);
}

::tconv::Schedule ScheduleAttr::toSchedule() const {
  return {.family = static_cast<::tconv::KernelFamily>(getFamily()),
          .dot = static_cast<::tconv::DotProduct>(getDot()),
          .vectorLength = getVectorLength(),
          .pixels = getPixels(),
          .vectors = getVectors(),
          .fusedPhases = getFusedPhases(),
          .blockPixels = getBlockPixels(),
          .blocksPerTask = getBlocksPerTask(),
          .reductionBlock = getReductionBlock(),
          .prefetch = getPrefetch() != 0,
          .unroll = getUnroll(),
          .tile = getTile()};
}

LogicalResult ScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                   ScheduleFamily family, ScheduleDot dot, int64_t vectorLength,
                                   int64_t pixels, int64_t vectors, int64_t fusedPhases,
                                   int64_t blockPixels, int64_t blocksPerTask,
                                   int64_t reductionBlock, int64_t prefetch, int64_t unroll,
                                   int64_t tile) {
  if (prefetch != 0 && prefetch != 1)
    return emitError() << "expected prefetch from 0 to 1, got " << prefetch;
  const ::tconv::Schedule schedule{.family = static_cast<::tconv::KernelFamily>(family),
                                   .dot = static_cast<::tconv::DotProduct>(dot),
                                   .vectorLength = vectorLength,
                                   .pixels = pixels,
                                   .vectors = vectors,
                                   .fusedPhases = fusedPhases,
                                   .blockPixels = blockPixels,
                                   .blocksPerTask = blocksPerTask,
                                   .reductionBlock = reductionBlock,
                                   .prefetch = prefetch != 0,
                                   .unroll = unroll,
                                   .tile = tile};
  if (::tconv::Status status = schedule.verify(); !status)
    return emitError() << status.message();
  return success();
}

::tconv::FilterPacking ScheduleAttr::getFilterPacking(const ::tconv::Geometry &geometry) const {
  return ::tconv::FilterPacking::create(geometry, toSchedule());
}

Type ScheduleAttr::getPackedElementType(Type element) const {
  MLIRContext *context = element.getContext();
  switch (toSchedule().dot) {
  case ::tconv::DotProduct::Plain:
    if (element.isF16() || element.isBF16())
      return Float32Type::get(context);
    return element.isInteger(8) ? IntegerType::get(context, 32) : element;
  case ::tconv::DotProduct::Bf16Pairs:
    return BFloat16Type::get(context);
  case ::tconv::DotProduct::Int16Pairs:
    return IntegerType::get(context, 16);
  case ::tconv::DotProduct::Int8Quads:
    return IntegerType::get(context, 8);
  }
  llvm_unreachable("not a dot product");
}
