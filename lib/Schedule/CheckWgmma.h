//===- CheckWgmma.h - What the kernel wgmma asks of a layer -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_CHECKWGMMA_H
#define TCONV_LIB_SCHEDULE_CHECKWGMMA_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"
#include "tconv/Schedule/SelectSchedule.h"

namespace tconv {

/// Whether the tensor memory accelerator can load x for a schedule: its layout and channels.
Status checkWgmmaChannels(const GpuSchedule &schedule, const Problem &problem);

/// The same for its positions.
Status checkWgmmaPositions(const GpuSchedule &schedule, const Problem &problem,
                           const PhaseTable &phases);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_CHECKWGMMA_H
