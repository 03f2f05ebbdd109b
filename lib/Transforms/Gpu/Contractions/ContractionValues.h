//===- ContractionValues.h - Sizes and strides of a contraction ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What kernels of a contraction compute positions from, as values in the function that
// launches them: the loops' sizes and, for each operand, linear memory with the distance
// that one step of each loop makes in it.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONVALUES_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONVALUES_H

#include "../../Layers/Emitter.h"
#include "Contraction.h"

namespace mlir::tconv {

/// An operand as linear memory. Positions are in elements.
struct OperandValues {
  Value memory;
  /// The position where all loops are at their begin.
  Value start;
  /// For each loop, what one step adds to the position; null if nothing.
  SmallVector<Value> steps;

  /// The position with `loops` at `indices` added to it.
  Value advance(Emitter &emitter, Value position, ArrayRef<unsigned> loops,
                ValueRange indices) const;
};

class ContractionValues {
public:
  /// Emits the arithmetic where the emitter stands.
  ContractionValues(Emitter &emitter, const Contraction &contraction);

  const Contraction &contraction;
  SmallVector<Value> sizes;
  OperandValues left, right, result;

  /// The number of iterations of a kind's loops.
  Value count(Emitter &emitter, LoopKind kind) const;
  /// The indices of a kind's loops at one of their iterations, the last loop running fastest.
  SmallVector<Value> delinearize(Emitter &emitter, LoopKind kind, Value iteration) const;
};

/// The digits of a number whose places have these sizes, the last place running fastest.
SmallVector<Value> delinearize(Emitter &emitter, Value number, ValueRange sizes);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_CONTRACTIONVALUES_H
