//===- CheckSchedule.h - Whether a schedule fits a layer --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHECKSCHEDULE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHECKSCHEDULE_H

#include "tconv/Geometry/Geometry.h"
#include "tconv/Schedule/Schedule.h"

#include "mlir/IR/Types.h"

namespace mlir::tconv {

/// An error if a schedule, which may be written by hand, asks for what a layer of these
/// sizes, element types of input and result, and layout does not have.
::tconv::Status checkSchedule(const ::tconv::Schedule &schedule, const ::tconv::Geometry &geometry,
                              Type input, Type result, bool channelsLast);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_CHECKSCHEDULE_H
