//===- OutputTransform.h - From transformed sums to elements of y  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_OUTPUTTRANSFORM_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_OUTPUTTRANSFORM_H

#include "WinogradLayer.h"

namespace mlir::tconv {

/// A phase and a lane block of it, whose outputs are stored.
struct PhaseBlock {
  const ::tconv::WinogradClass &phases;
  const PhaseEntry &phase;
  const LaneBlock &lanes;
};

/// Where the outputs of a tile are: the first one in each dimension, which like others may be
/// outside of y, and its position in y.
struct TileOutputs {
  SmallVector<Value> first;
  Value position;
};

TileOutputs locateOutputs(Emitter &b, const WinogradLayer &winograd, const TileLocation &tile,
                          const PhaseBlock &block);

/// Transforms `chunk.sums` back and stores the outputs of all tiles. Where one is not finite the
/// tile is computed again by the definition: a transform spreads what is not finite in x over
/// all outputs of a tile.
void emitOutputTransform(Emitter &b, const WinogradLayer &winograd, const PhaseBlock &block,
                         const TileChunk &chunk);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_OUTPUTTRANSFORM_H
