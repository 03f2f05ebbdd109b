//===- FilterTile.h - Tiles of the packed filter to shared memory *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_FILTERTILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_FILTERTILE_H

#include "BlockPosition.h"
#include "SumPosition.h"

namespace mlir::tconv {

/// Where the tiles of a block's phase begin in the packed filter, in elements.
Value locateFilterTiles(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block);

/// The tile of w of a step. The filter is packed so that it is contiguous in memory, in the
/// order in which it stands in shared memory, and whole: padded channels are zero.
class FilterTile {
public:
  FilterTile(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block,
             Value filter);

  /// Begins to copy the tile of a step to shared memory, if `needed` holds.
  void copy(KernelBuilder &b, const SumPosition &position, Value needed, Value shared) const;

private:
  const GpuKernelLayer &layer;
  Value filter;
  Value thread;
  Value first; ///< of the thread's first chunk in the first step, in elements
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_FILTERTILE_H
