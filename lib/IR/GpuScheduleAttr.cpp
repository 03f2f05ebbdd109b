//===- GpuScheduleAttr.cpp - The schedule of a GPU kernel -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MirroredEnums.h"

#include "tconv/IR/TconvOps.h"

using namespace mlir;
using namespace mlir::tconv;

static_assert(areMirrored(GpuKernelKind::Mma, ::tconv::GpuKernel::Mma) &&
              areMirrored(GpuKernelKind::Simt, ::tconv::GpuKernel::Simt) &&
              areMirrored(GpuKernelKind::Depthwise, ::tconv::GpuKernel::Depthwise) &&
              areMirrored(GpuKernelKind::Wgmma, ::tconv::GpuKernel::Wgmma));
static_assert(areMirrored(GpuMathKind::Fma, ::tconv::GpuMath::Fma) &&
              areMirrored(GpuMathKind::F16, ::tconv::GpuMath::F16) &&
              areMirrored(GpuMathKind::Bf16, ::tconv::GpuMath::Bf16) &&
              areMirrored(GpuMathKind::Tf32, ::tconv::GpuMath::Tf32) &&
              areMirrored(GpuMathKind::I8, ::tconv::GpuMath::I8));
static_assert(areMirrored(GpuPixelOrderKind::ImageByImage, ::tconv::GpuPixelOrder::ImageByImage) &&
              areMirrored(GpuPixelOrderKind::PixelByPixel, ::tconv::GpuPixelOrder::PixelByPixel));

GpuScheduleAttr GpuScheduleAttr::get(MLIRContext *context, const ::tconv::GpuSchedule &schedule) {
  return get(context, static_cast<GpuKernelKind>(schedule.kernel),
             static_cast<GpuMathKind>(schedule.math), schedule.blockM, schedule.blockN,
             schedule.blockK, schedule.stages, schedule.warpsM, schedule.warpsN, schedule.splitK,
             schedule.raster, static_cast<GpuPixelOrderKind>(schedule.order));
}

::tconv::GpuSchedule GpuScheduleAttr::toSchedule() const {
  return {.kernel = static_cast<::tconv::GpuKernel>(getKernel()),
          .math = static_cast<::tconv::GpuMath>(getMath()),
          .blockM = getBlockM(),
          .blockN = getBlockN(),
          .blockK = getBlockK(),
          .stages = getStages(),
          .warpsM = getWarpsM(),
          .warpsN = getWarpsN(),
          .splitK = getSplitK(),
          .raster = getRaster(),
          .order = static_cast<::tconv::GpuPixelOrder>(getOrder())};
}

LogicalResult GpuScheduleAttr::verify(function_ref<InFlightDiagnostic()> emitError,
                                      GpuKernelKind kernel, GpuMathKind math, int64_t blockM,
                                      int64_t blockN, int64_t blockK, int64_t stages,
                                      int64_t warpsM, int64_t warpsN, int64_t splitK,
                                      int64_t raster, GpuPixelOrderKind order) {
  const ::tconv::GpuSchedule schedule{.kernel = static_cast<::tconv::GpuKernel>(kernel),
                                      .math = static_cast<::tconv::GpuMath>(math),
                                      .blockM = blockM,
                                      .blockN = blockN,
                                      .blockK = blockK,
                                      .stages = stages,
                                      .warpsM = warpsM,
                                      .warpsN = warpsN,
                                      .splitK = splitK,
                                      .raster = raster,
                                      .order = static_cast<::tconv::GpuPixelOrder>(order)};
  if (::tconv::Status status = schedule.verify(); !status)
    return emitError() << status.message();
  return success();
}

::tconv::FilterPacking GpuScheduleAttr::getFilterPacking(const ::tconv::Geometry &geometry) const {
  return ::tconv::createGpuPacking(geometry, toSchedule());
}

Type GpuScheduleAttr::getPackedElementType(Type element) const { return element; }
