//===- WinogradLayer.h - A layer as its transforms see it ----- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADLAYER_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADLAYER_H

#include "../LaneBlocks.h"

#include "tconv/Schedule/WinogradWorkspace.h"

namespace mlir::tconv {

/// A tile while its code is built: its image, its first position q in each dimension, and where
/// the output of that position would be in y, but for the offsets of the phase and the lane.
struct TileLocation {
  Value image;
  SmallVector<Value> positions;
  Value y;
};

/// A phase, as loaded from the table of phases.
struct PhaseEntry {
  Value classNumber, products, firstRow, firstTap;
  SmallVector<Value> offsets;
};

/// Some tiles that a task works on together, and its buffers: `locations` holds where each tile
/// is, `inputs` for each tile and product of one class the transformed input channels of a group,
/// and `sums` for each tile and product of one phase the lanes of a block.
struct TileChunk {
  Value first; ///< number of the first tile
  Value count;
  Value group;
  Value locations;
  Value inputs;
  Value sums;
};

/// What the parts of a kernel of the family Winograd share.
struct WinogradLayer {
  const KernelLayer &layer;
  ::tconv::WinogradPlan plan;
  ::tconv::WinogradWorkspace space;

  WinogradLayer(const KernelLayer &layer);

  int64_t inputChannels() const { return layer.packing.inputChannels; }
  /// Of all images.
  Value numTiles(Emitter &b) const;
  /// Of a dimension; and the position where the first one begins.
  Value numTilesOf(Emitter &b, size_t dim) const;
  int64_t firstPosition(size_t dim) const;
  bool isDynamic(size_t dim) const;
  Value numChunks(Emitter &b) const { return b.ceilDiv(numTiles(b), layer.schedule.blockPixels); }

  /// Fills the table of locations, with numbers for a whole last register tile.
  void emitLocations(Emitter &b, const TileChunk &chunk) const;
  int64_t locationColumns() const { return static_cast<int64_t>(plan.dims.size()) + 2; }
  /// The tile of that number in the chunk.
  TileLocation locate(Emitter &b, const TileChunk &chunk, Value number) const;
  /// Elements of x, or y, from one position to the next in each dimension.
  SmallVector<Value> inputStrides(Emitter &b) const;
  SmallVector<Value> outputStrides(Emitter &b) const;
};

/// Whether a number is in [0, size).
Value isInside(Emitter &b, Value number, Value size);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_WINOGRADLAYER_H
