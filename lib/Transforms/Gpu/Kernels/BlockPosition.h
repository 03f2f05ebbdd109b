//===- BlockPosition.h - What the block of a kernel computes ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_BLOCKPOSITION_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_BLOCKPOSITION_H

#include "NeededTaps.h"

namespace mlir::tconv {

/// The tile of a block, decoded from its number.
struct BlockPosition {
  Value group;
  Value channelBlock; ///< of `block_n` output channels, in the group
  Value part;         ///< of the sums, if they are cut
  Value firstPixel;   ///< of the phase, in the whole batch
  Value phaseNumber;
  PhaseValues phase;
  NeededTaps taps; ///< that its pixels need

  static BlockPosition decode(KernelBuilder &b, gpu::GPUModuleOp module,
                              const GpuKernelLayer &layer);
};

/// The steps of the sums of a block: those of its taps or, if sums are cut, of its part of them.
struct SumSteps {
  Value begin, end;

  static SumSteps of(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_BLOCKPOSITION_H
