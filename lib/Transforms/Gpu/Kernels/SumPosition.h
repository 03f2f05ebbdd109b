//===- SumPosition.h - Where a kernel is in its sums ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMPOSITION_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMPOSITION_H

#include "NeededTaps.h"

namespace mlir::tconv {

/// A step of the sum: a tap, and the first of `block_k` input channels of the group.
struct SumPosition {
  Value channel;
  /// For each dimension, how far the tap reads behind the first one, in elements of x.
  SmallVector<Value> taps;
  /// The step of the phase's packed filter.
  Value filter;

  /// Of a step of the taps that are needed, counted from 0.
  static SumPosition at(KernelBuilder &b, const GpuKernelLayer &layer, const PhaseValues &phase,
                        const NeededTaps &needed, Value step);
  SumPosition next(KernelBuilder &b, const GpuKernelLayer &layer, const NeededTaps &needed) const;

  SmallVector<Value> pack() const;
  static SumPosition unpack(ValueRange values);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMPOSITION_H
