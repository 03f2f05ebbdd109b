//===- SimtTile.h - Products without tensor cores ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_SIMTTILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_SIMTTILE_H

#include "InputTile.h"
#include "MultiplyTile.h"

#include <numeric>

namespace mlir::tconv {

/// A warp's tile on 4 times 8 threads: a thread has every fourth row, and of every eight runs
/// of neighbouring columns one. It reads a chunk of channels of each of its rows at a time.
class SimtTile : public MultiplyTile {
public:
  SimtTile(KernelBuilder &b, const GpuKernelLayer &layer);

  SmallVector<Value> zeroSums(KernelBuilder &b) const override;
  SmallVector<Value> multiply(KernelBuilder &b, Value input, Value filter,
                              ValueRange sums) const override;
  void visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const override;

private:
  int64_t rows() const { return layer.schedule.warpM() / 4; }
  int64_t columns() const { return layer.schedule.warpN() / 8; }
  /// Neighbouring columns that are read at a time.
  int64_t runLength() const { return std::gcd(columns(), layer.chunkElements()); }
  void multiplyChunk(KernelBuilder &b, Value input, Value distance, Value filter,
                     MutableArrayRef<Value> sums) const;
  SmallVector<Value> loadColumns(KernelBuilder &b, Value filter, int64_t channel) const;
  Value multiplyAdd(KernelBuilder &b, Value x, Value w, Value sum) const;

  Value row;    ///< of this thread's first one, in the block
  Value column; ///< the same
  /// Of its first two rows in a tile of x.
  SmallVector<InputTile::Row> places;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_SIMTTILE_H
