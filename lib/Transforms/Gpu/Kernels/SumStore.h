//===- SumStore.h - From sums in registers to memory ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMSTORE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMSTORE_H

#include "BlockPosition.h"
#include "MultiplyTile.h"

namespace mlir::tconv {

/// Where sums go. With a workspace they are parts, which are stored as they are.
struct SumTarget {
  Value output; ///< y, or the workspace
  /// What the epilogue reads (ScalarEpilogue.h).
  SmallVector<Value> others;
  bool isPart;
};

/// Threads exchange the sums of a block through shared memory, so that neighbours store
/// neighbouring elements: channels in vectors of up to 16 bytes if they are last, otherwise
/// pixels.
class SumStore {
public:
  SumStore(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block,
           const SumTarget &target, Value shared);

  void emit(KernelBuilder &b, const MultiplyTile &multiply, ValueRange sums) const;

private:
  void createTable(KernelBuilder &b) const;
  void exchange(KernelBuilder &b, const MultiplyTile &multiply, int64_t pass,
                ValueRange sums) const;
  void storePass(KernelBuilder &b, int64_t pass) const;
  void storeItem(KernelBuilder &b, Value row, Value column, Value base) const;
  Value finish(KernelBuilder &b, ArrayRef<Value> sums, Value channel, Value position) const;

  /// Of a pass: rows of the block and of a warp.
  int64_t rows() const { return layer.schedule.blockM / layer.memory.passes; }
  int64_t warpRows() const { return layer.schedule.warpM() / layer.memory.passes; }
  Type targetType() const { return target.isPart ? layer.sum : layer.result; }
  int64_t targetBytes() const { return targetType().getIntOrFloatBitWidth() / 8; }
  /// Neighbouring channels that a thread stores at a time.
  int64_t vectorLength() const;

  const GpuKernelLayer &layer;
  const BlockPosition &block;
  SumTarget target;
  Value shared;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_SUMSTORE_H
