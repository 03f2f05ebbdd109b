//===- CheckGpuSchedule.h - Whether a schedule can be obeyed ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Schedules may be written by hand. One that passes these checks gives right numbers.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_CHECKGPUSCHEDULE_H
#define TCONV_SCHEDULE_CHECKGPUSCHEDULE_H

#include "tconv/Schedule/GpuSchedule.h"
#include "tconv/Schedule/PhaseTable.h"
#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Schedule/TargetGpu.h"

namespace tconv {

/// The phases of a layer. Unsupported, with the reason, if kernels cannot compute it: they number
/// elements and positions with 32 bits, and have tables of phases and taps in their code.
Result<PhaseTable> createGpuPhases(const Geometry &geometry);

/// Unsupported if kernels cannot read the operands as the layer does.
Status checkGpuOperands(const Problem &problem);

/// An error if the fields of a schedule contradict each other, or the channels and the type of a
/// layer.
Status checkGpuFit(const GpuSchedule &schedule, const Problem &problem);

/// The same and, if nothing is wrong, unsupported if kernels cannot compute the layer.
Status checkGpuSchedule(const GpuSchedule &schedule, const Problem &problem);

/// The same for a GPU, whose blocks may have too little shared memory.
Status checkGpuSchedule(const GpuSchedule &schedule, const Problem &problem,
                        const TargetGpu &target);

} // namespace tconv

#endif // TCONV_SCHEDULE_CHECKGPUSCHEDULE_H
