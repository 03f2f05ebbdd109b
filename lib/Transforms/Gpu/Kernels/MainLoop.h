//===- MainLoop.h - The sum over taps and channels, in a pipeline *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_MAINLOOP_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_MAINLOOP_H

#include "FilterTile.h"
#include "InputTile.h"
#include "MultiplyTile.h"

namespace mlir::tconv {

/// The steps of a block's sums: tiles of x and w arrive in a ring of stages in shared memory,
/// several steps before they are multiplied.
class MainLoop {
public:
  MainLoop(const GpuKernelLayer &layer, const BlockPosition &block, const InputTile &input,
           const FilterTile &filter, const MultiplyTile &multiply, Value shared)
      : layer(layer), block(block), input(input), filter(filter), multiply(multiply),
        shared(shared) {}

  /// The sums of this thread. Shared memory is free afterwards.
  SmallVector<Value> emit(KernelBuilder &b) const;

private:
  SumPosition fillStages(KernelBuilder &b, const SumSteps &steps) const;
  void copy(KernelBuilder &b, const SumPosition &position, Value needed, Value stage) const;
  Value nextStage(KernelBuilder &b, Value stage) const;

  const GpuKernelLayer &layer;
  const BlockPosition &block;
  const InputTile &input;
  const FilterTile &filter;
  const MultiplyTile &multiply;
  Value shared;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_MAINLOOP_H
