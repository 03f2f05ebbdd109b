//===- StageRing.h - Stages that mbarriers say are full or empty *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_STAGERING_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_STAGERING_H

#include "GpuKernelLayer.h"
#include "KernelBuilder.h"

namespace mlir::tconv {

/// Stages of tiles in shared memory, each with two mbarriers: one is over when its tiles have come,
/// the other one when all warps have multiplied them. A place in the ring is that of a step: the
/// stage, and the parity of how often it has been used.
class StageRing {
public:
  struct Place {
    Value stage, parity;

    SmallVector<Value> pack() const { return {stage, parity}; }
    static Place unpack(ValueRange values) { return {values[0], values[1]}; }
  };

  StageRing(const GpuKernelLayer &layer, Value shared) : layer(layer), shared(shared) {}

  /// By one thread, before all others use the ring: a barrier has to follow.
  void initialize(KernelBuilder &b) const;

  Place first(KernelBuilder &b) const { return {b.i32(0), b.i32(0)}; }
  Place next(KernelBuilder &b, const Place &place) const;

  Value input(KernelBuilder &b, Value stage) const;
  Value filter(KernelBuilder &b, Value stage) const;

  /// Waits until a stage is empty, and expects its tiles; gives the mbarrier that they tell.
  Value beginToFill(KernelBuilder &b, const Place &place) const;
  void waitUntilFull(KernelBuilder &b, const Place &place) const;
  /// The warp of this thread has multiplied the tiles of a stage; of each warp, one thread says so.
  void release(KernelBuilder &b, Value stage) const;

private:
  Value full(KernelBuilder &b, Value stage) const;
  Value empty(KernelBuilder &b, Value stage) const;
  void wait(KernelBuilder &b, Value barrier, Value parity) const;

  const GpuKernelLayer &layer;
  Value shared;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_STAGERING_H
