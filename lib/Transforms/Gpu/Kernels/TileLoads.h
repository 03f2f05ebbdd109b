//===- TileLoads.h - Tiles by the tensor memory accelerator -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_TILELOADS_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_TILELOADS_H

#include "BlockPosition.h"
#include "StageRing.h"
#include "SumPosition.h"
#include "tconv/Schedule/Im2colMaps.h"

namespace mlir::tconv {

/// The tiles of x and w of all steps, which one thread loads: x by a tensor map, as columns of
/// pixels, w as one range, since the packed filter has the tile of a step in one piece.
class TileLoads {
public:
  /// Where they come from: the packed filter, and the kernel's parameters that are maps of x.
  struct Sources {
    const ::tconv::Im2colMaps &maps;
    ValueRange parameters;
    Value filter;
  };
  TileLoads(KernelBuilder &b, gpu::GPUModuleOp module, const GpuKernelLayer &layer,
            const BlockPosition &block, const Sources &sources);

  /// Fills the stages of a ring, step by step.
  void emit(KernelBuilder &b, const StageRing &ring) const;

private:
  Value chooseMap(KernelBuilder &b, gpu::GPUModuleOp module, ValueRange parameters) const;
  void loadInput(KernelBuilder &b, const SumPosition &position, Value target, Value barrier) const;
  void loadFilter(KernelBuilder &b, const SumPosition &position, Value target, Value barrier) const;

  const GpuKernelLayer &layer;
  const BlockPosition &block;
  const ::tconv::Im2colMaps &maps;
  Value map;
  Value firstChannel;            ///< of the group, in x
  SmallVector<Value> firstPixel; ///< in the order of the dimensions of maps
  Value filter;                  ///< where the tiles of the phase begin
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_TILELOADS_H
