//===- NeededTaps.h - The taps that a block sums ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_NEEDEDTAPS_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_NEEDEDTAPS_H

#include "PhaseFields.h"

namespace mlir::tconv {

/// The taps that the pixels of a block need, as a range in each dimension; those outside of it
/// read outside of x. What is computed here is that of TileWork.h.
struct NeededTaps {
  struct Range {
    Value begin, end;
    /// Taps of the packed filter that are left out where the next dimension goes on.
    Value skipped;
  };
  SmallVector<Range> dims;
  Value count; ///< of all dimensions

  /// Those of the phase.
  static NeededTaps all(KernelBuilder &b, const PhaseValues &phase);
  /// For the pixels from `first` on that the phase has, of a tile of `block_m`.
  static NeededTaps of(KernelBuilder &b, const GpuKernelLayer &layer, const PhaseValues &phase,
                       Value first);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_NEEDEDTAPS_H
