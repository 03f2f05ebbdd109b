//===- Contraction.h - Sums of products over loops -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a convolution, grouped or not, and a matrix multiplication have in common: each loop
// of the linalg op is of one of four kinds, and one kind taken together is one dimension of a
// batch of matrix multiplications
//
//   result[batch, row, column] += sum over reduction of
//       left[batch, row, reduction] * right[batch, column, reduction]
//
// For a convolution that is the implicit GEMM: output channels are one dimension, output
// pixels of all images the other, input channels and taps the reduction.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTION_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTION_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

#include <optional>

namespace mlir::tconv {

/// What the loops of one kind have in common.
enum class LoopKind {
  Batch,    ///< in both inputs and the result
  Row,      ///< in the left input and the result
  Column,   ///< in the right input and the result
  Reduction ///< in the inputs only
};

/// How an operand is read or written: its indices are linear in the loops.
struct LinearAccess {
  Value buffer;
  /// For each dimension of the buffer, the factor of each loop, and a constant behind them.
  SmallVector<SmallVector<int64_t>> coefficients;

  int64_t constant(int64_t dim) const { return coefficients[dim].back(); }
};

struct Contraction {
  linalg::LinalgOp op;
  LinearAccess left, right, result;
  /// The loops of each kind in their order, which is that of their nest.
  SmallVector<unsigned> batch, rows, columns, reduction;
  /// The loops' sizes, ShapedType::kDynamic for those that only a run knows.
  SmallVector<int64_t> sizes;

  /// The op as a contraction, if it is one on buffers whose sums are of one number type. The
  /// column kind is the one whose neighbours are neighbours in the result's memory.
  static std::optional<Contraction> match(linalg::LinalgOp op);

  ArrayRef<unsigned> loops(LoopKind kind) const;
  /// The number of iterations of a kind's loops, unless only a run knows it.
  std::optional<int64_t> count(LoopKind kind) const;
  Type resultType() const;
  /// The kinds but the reduction from that whose loops are innermost in the result's memory
  /// outwards.
  SmallVector<LoopKind> kindsFromInnermost() const;
  /// Whether an input's neighbours in memory differ in a reduction loop.
  bool isReductionInnermost(const LinearAccess &input) const;

private:
  bool matchAccesses();
  bool matchKinds();
  LoopKind kindOf(unsigned loop) const;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTION_H
