//===- WgmmaTile.h - A warpgroup's tile by wgmma ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_WGMMATILE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_WGMMATILE_H

#include "MultiplyTile.h"

namespace mlir::tconv {

/// A warpgroup's tile as products of 64 rows, all columns and 32 bytes of channels, of which
/// operands stay in shared memory. Sums are structs of registers, one for each 64 rows; they may be
/// used once `NVVM::WgmmaWaitGroupSyncOp` has waited for the products.
///
/// Rows of x are swizzled as the tensor memory accelerator writes them, in 8 rows of as many bytes
/// as a row has. The filter is packed so that 8 columns of 16 bytes are contiguous.
class WgmmaTile : public MultiplyTile {
public:
  WgmmaTile(KernelBuilder &b, const GpuKernelLayer &layer);

  SmallVector<Value> zeroSums(KernelBuilder &b) const override;
  /// Begins to multiply, as one group.
  SmallVector<Value> multiply(KernelBuilder &b, Value input, Value filter,
                              ValueRange sums) const override;
  void visitSlice(KernelBuilder &b, int64_t slice, ValueRange sums, Visitor visit) const override;

private:
  /// Products of 64 rows that a warpgroup has.
  int64_t rowBlocks() const { return layer.schedule.warpM() / 16; }
  int64_t rowBytes() const { return layer.schedule.blockK * layer.elementBytes(); }
  int64_t groupBytes() const { return 8 * rowBytes(); }
  Value multiply(KernelBuilder &b, Value input, Value filter, Value sums) const;

  Value inputPlace; ///< of the warpgroup's rows in a tile of x, in bytes
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_WGMMATILE_H
