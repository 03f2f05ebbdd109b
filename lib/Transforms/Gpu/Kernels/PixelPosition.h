//===- PixelPosition.h - Pixels of a phase as coordinates -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_PIXELPOSITION_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_PIXELPOSITION_H

#include "PhaseFields.h"

namespace mlir::tconv {

/// A pixel of a phase as an image of the batch, and a position in each dimension.
struct PixelPosition {
  Value image;
  SmallVector<Value> dims;

  /// In the order that the schedule says.
  static PixelPosition decode(KernelBuilder &b, const GpuKernelLayer &layer,
                              const PhaseValues &phase, Value pixel);
};

/// Where the output of a pixel stands in y, in elements, less its channel.
Value locateOutput(KernelBuilder &b, const GpuKernelLayer &layer, const PhaseValues &phase,
                   Value pixel);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_PIXELPOSITION_H
