//===- MultiplyTile.cpp - Products of tiles in shared memory --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MmaTile.h"
#include "SimtTile.h"

using namespace mlir;
using namespace mlir::tconv;

Value mlir::tconv::warpRow(KernelBuilder &b, const GpuSchedule &schedule) {
  return b.rem(b.div(b.threadIndex(), 32), schedule.warpsM);
}

void mlir::tconv::syncMultiplyingThreads(KernelBuilder &b, const GpuSchedule &schedule) {
  if (schedule.kernel != ::tconv::GpuKernel::Wgmma)
    return b.barrier();
  constexpr int64_t number = 1; // 0 is that of all threads
  NVVM::BarrierOp::create(b, Type(), b.i32(number), b.i32(schedule.multiplyingThreads()),
                          NVVM::BarrierReductionAttr(), Value());
}

MultiplyTile::MultiplyTile(KernelBuilder &b, const GpuKernelLayer &layer)
    : layer(layer), lane(b.rem(b.threadIndex(), 32)) {
  const GpuSchedule &schedule = layer.schedule;
  firstRow = b.mul(warpRow(b, schedule), schedule.warpM());
  Value warpColumn = b.div(b.threadIndex(), 32 * schedule.warpsM);
  firstColumn = b.mul(warpColumn, schedule.warpN());
}

std::unique_ptr<MultiplyTile> MultiplyTile::create(KernelBuilder &b, const GpuKernelLayer &layer) {
  if (layer.schedule.kernel == ::tconv::GpuKernel::Mma)
    return std::make_unique<MmaTile>(b, layer);
  return std::make_unique<SimtTile>(b, layer);
}
