//===- MultiplyTile.h - Products of tiles in shared memory ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_MULTIPLYTILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_MULTIPLYTILE_H

#include "GpuKernelLayer.h"
#include "KernelBuilder.h"

#include <memory>

namespace mlir::tconv {

/// What a warp multiplies and adds, and which sums its threads hold.
class MultiplyTile {
public:
  virtual ~MultiplyTile() = default;

  /// The sums of this thread, as they begin.
  virtual SmallVector<Value> zeroSums(KernelBuilder &b) const = 0;
  /// The sums and the products of the tiles at two addresses in shared memory.
  virtual SmallVector<Value> multiply(KernelBuilder &b, Value input, Value filter,
                                      ValueRange sums) const = 0;

  /// Calls `visit` with the place of each run of neighbouring sums of a slice: their row in the
  /// slice, the first column in the block, and the sums.
  using Visitor = llvm::function_ref<void(Value row, Value column, ValueRange sums)>;
  virtual void visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums,
                          Visitor visit) const = 0;

  /// For the schedule of a layer.
  static std::unique_ptr<MultiplyTile> create(KernelBuilder &b, const GpuKernelLayer &layer);

protected:
  MultiplyTile(KernelBuilder &b, const GpuKernelLayer &layer);

  const GpuKernelLayer &layer;
  Value lane;
  Value firstRow, firstColumn; ///< of the warp, in the block
};

/// The warp of this thread along the pixels.
Value warpRow(KernelBuilder &b, const GpuSchedule &schedule);

/// A barrier of the threads that multiply: of all, but for the kernel wgmma.
void syncMultiplyingThreads(KernelBuilder &b, const ::tconv::GpuSchedule &schedule);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_MULTIPLYTILE_H
