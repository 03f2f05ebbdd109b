//===- InputTile.h - Tiles of x from global to shared memory ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTTILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTTILE_H

#include "BlockPosition.h"
#include "SumPosition.h"

namespace mlir::tconv {

/// The tile of x of a step: for each pixel of the block a row of `block_k` channels, in
/// chunks of 16 bytes. What lies outside of x, and channels that do not exist, are zero.
///
/// The chunks of a row are swapped with each other, differently for each of eight rows
/// that follow each other, so that threads that read the same chunk of eight rows, or
/// write eight chunks of a row, meet no bank of shared memory twice.
///
/// Chunks are copied without passing through registers where pieces of 4, 8 or 16 bytes
/// are aligned and contiguous; otherwise threads load elements and store whole chunks.
class InputTile {
public:
  InputTile(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block, Value x);

  /// Begins to copy the tile of a step to shared memory, if `needed` holds.
  void copy(KernelBuilder &b, const SumPosition &position, Value needed, Value shared) const;
  /// The same through registers, in two halves, so that other work fits in between.
  bool usesRegisters() const { return pieceBytes == 0; }
  SmallVector<Value> load(KernelBuilder &b, const SumPosition &position, Value needed) const;
  void store(KernelBuilder &b, ArrayRef<Value> chunks, Value shared) const;

  /// Where a chunk of a row stands in the tile, in bytes: `offset` of the row's first
  /// chunk, exclusive or `key`, exclusive or 16 times the chunk's number.
  struct Row {
    Value offset, key;
  };
  static Row locateRow(KernelBuilder &b, const GpuKernelLayer &layer, Value row);

private:
  /// A chunk that this thread copies in every step.
  struct Chunk {
    Value first;               ///< where its first channel stands in x, for the first tap
    SmallVector<Value> coords; ///< of its pixel in x, for the first tap
    Value channel;             ///< of the group, in the first step of a tap
    Value shared;              ///< in the tile, in bytes
    Value exists;              ///< null if it does
  };

  void createChunks(KernelBuilder &b, const BlockPosition &block);
  Chunk createChunk(KernelBuilder &b, const BlockPosition &block, Value row, Value number);
  Value isInside(KernelBuilder &b, const Chunk &chunk, const SumPosition &position) const;
  Value channelExists(KernelBuilder &b, const Chunk &chunk, const SumPosition &position,
                      int64_t element) const;
  Value offsetOf(KernelBuilder &b, const SumPosition &position) const;
  void copyChunk(KernelBuilder &b, const Chunk &chunk, const SumPosition &position, Value needed,
                 Value shared) const;
  Value loadChunk(KernelBuilder &b, const Chunk &chunk, const SumPosition &position,
                  Value needed) const;

  const GpuKernelLayer &layer;
  Value x;
  /// Bytes of an asynchronous copy; 0 if there are none.
  int64_t pieceBytes;
  SmallVector<bool> checkedDims;
  SmallVector<Chunk> chunks;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_INPUTTILE_H
