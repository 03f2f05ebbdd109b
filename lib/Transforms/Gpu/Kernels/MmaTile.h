//===- MmaTile.h - Products by tensor cores ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_MMATILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_MMATILE_H

#include "InputTile.h"
#include "MultiplyTile.h"

namespace mlir::tconv {

/// A warp's tile as products of 16 rows, 8 columns and 32 bytes of channels. Every type has the
/// same fragments in units of 16 bytes: a matrix of `ldmatrix` is eight rows of a chunk.
class MmaTile : public MultiplyTile {
public:
  MmaTile(KernelBuilder &b, const GpuKernelLayer &layer);

  SmallVector<Value> zeroSums(KernelBuilder &b) const override;
  SmallVector<Value> multiply(KernelBuilder &b, Value input, Value filter,
                              ValueRange sums) const override;
  void visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const override;

private:
  /// Registers of a matrix pair of x, or of a column block of w.
  using Fragment = SmallVector<Value, 4>;
  struct Fragments {
    SmallVector<Fragment> input, filter;
  };

  int64_t rowBlocks() const { return layer.schedule.warpM() / 16; }
  int64_t columnBlocks() const { return layer.schedule.warpN() / 8; }
  int64_t steps() const { return layer.schedule.blockK / (2 * layer.chunkElements()); }
  Fragments load(KernelBuilder &b, Value input, Value filter, int64_t step) const;
  Fragment loadMatrices(KernelBuilder &b, Value address, int64_t count) const;
  SmallVector<Value> multiply(KernelBuilder &b, const Fragment &input, const Fragment &filter,
                              ValueRange sums) const;

  Value inputPlace;  ///< of this thread's row in a tile of x, in bytes
  Value filterPlace; ///< the same for w
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_MMATILE_H
