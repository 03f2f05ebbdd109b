//===- Epilogue.h - From sums to elements of the result ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_EPILOGUE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_EPILOGUE_H

#include "KernelLayer.h"

namespace mlir::tconv {

inline bool hasEpilogue(KernelOp op) { return !op.getEpilogue().empty(); }

/// Where a sum stands, or the first one of a vector.
struct SumPlace {
  Value y;              ///< its position in y
  Value channel;        ///< where the bias has its number
  bool perLane = false; ///< whether lanes are channels; otherwise all are of one
  Value mask = {};      ///< of the lanes that exist; null for all
};

/// Applies the region of a kernel to a sum, or to a vector of sums, and rounds to the type that is
/// stored; unless the region is applied later (KernelLayer::defersEpilogue).
Value emitEpilogue(Emitter &b, const KernelLayer &layer, Value sums, const SumPlace &place);

/// Applies the epilogue to sums of the first `count` channels from a place on, and stores them.
void emitStore(Emitter &b, const KernelLayer &layer, Value sums, Value y, Value channel,
               int64_t count);

/// Turns what a kernel has stored in y into elements of the result: applies the region if the
/// kernel has not. Places are positions in the result, and channels of it.
Value emitResult(Emitter &b, const KernelLayer &layer, Value stored, const SumPlace &place);

/// A mask of the first `count` lanes of a vector type.
Value firstLanes(Emitter &b, VectorType type, int64_t count);

/// A mask of the lanes [begin, end) of a vector type, which may reach beyond it.
Value lanesBetween(Emitter &b, VectorType type, Value begin, Value end);

/// Loads the first `count` lanes of a vector; the others are zero.
Value loadLanes(Emitter &b, VectorType type, Value buffer, Value position, int64_t count);

/// Stores the lanes [begin, end) of a vector whose lane 0 belongs to a position, and
/// touches nothing else.
void storeLanes(Emitter &b, Value vector, Value buffer, Value position, int64_t begin, int64_t end);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_EPILOGUE_H
