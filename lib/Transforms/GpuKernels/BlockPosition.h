//===- BlockPosition.h - What the block of a kernel computes ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPUKERNELS_BLOCKPOSITION_H
#define TCONV_LIB_TRANSFORMS_GPUKERNELS_BLOCKPOSITION_H

#include "PhaseFields.h"

namespace mlir::tconv {

/// The tile of a block, decoded from its number.
struct BlockPosition {
  Value group;
  Value channelBlock; ///< of `block_n` output channels, in the group
  Value part;         ///< of the sums, if they are cut
  Value firstPixel;   ///< of the phase, in the whole batch
  PhaseValues phase;

  static BlockPosition decode(KernelBuilder &b, gpu::GPUModuleOp module, const GpuLayer &layer);
};

/// Blocks of a launch along its first dimension; the second is the parts of the sums.
int64_t countBlocks(const GpuLayer &layer);

/// A pixel of a phase as an image of the batch, and a position in each dimension.
struct PixelPosition {
  Value image;
  SmallVector<Value> dims;

  static PixelPosition decode(KernelBuilder &b, const PhaseValues &phase, Value pixel);
};

/// Where the output of a pixel stands in y, in elements, less its channel.
Value locateOutput(KernelBuilder &b, const GpuLayer &layer, const PhaseValues &phase, Value pixel);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPUKERNELS_BLOCKPOSITION_H
