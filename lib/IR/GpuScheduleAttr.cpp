//===- GpuScheduleAttr.cpp - The schedule of a GPU kernel -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/TconvOps.h"

using namespace mlir;
using namespace mlir::tconv;

GpuScheduleAttr GpuScheduleAttr::get(MLIRContext *context, const ::tconv::GpuSchedule &schedule) {
  return get(context, static_cast<GpuKernelKind>(schedule.kernel),
             static_cast<GpuMathKind>(schedule.math), schedule.blockM, schedule.blockN,
             schedule.blockK, schedule.stages, schedule.warpsM, schedule.warpsN, schedule.splitK,
             schedule.raster, static_cast<GpuPixelOrderKind>(schedule.order));
}

::tconv::GpuSchedule GpuScheduleAttr::toSchedule() const {
  return {static_cast<::tconv::GpuKernel>(getKernel()),
          static_cast<::tconv::GpuMath>(getMath()),
          getBlockM(),
          getBlockN(),
          getBlockK(),
          getStages(),
          getWarpsM(),
          getWarpsN(),
          getSplitK(),
          getRaster(),
          static_cast<::tconv::GpuPixelOrder>(getOrder())};
}

LogicalResult GpuScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                      GpuKernelKind kernel, GpuMathKind math, int64_t blockM,
                                      int64_t blockN, int64_t blockK, int64_t stages,
                                      int64_t warpsM, int64_t warpsN, int64_t splitK,
                                      int64_t raster, GpuPixelOrderKind order) {
  ::tconv::GpuSchedule schedule{static_cast<::tconv::GpuKernel>(kernel),
                                static_cast<::tconv::GpuMath>(math),
                                blockM,
                                blockN,
                                blockK,
                                stages,
                                warpsM,
                                warpsN,
                                splitK,
                                raster,
                                static_cast<::tconv::GpuPixelOrder>(order)};
  if (::tconv::Status status = schedule.verify(); !status)
    return emitError() << status.message();
  return success();
}

::tconv::FilterPacking GpuScheduleAttr::getFilterPacking(const ::tconv::Geometry &geometry) const {
  return ::tconv::createGpuPacking(geometry, toSchedule());
}

Type GpuScheduleAttr::getPackedElementType(Type element) const { return element; }
