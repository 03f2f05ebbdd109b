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

/// Applies the region of a kernel to a sum, or to a vector of sums, and rounds to the
/// type that is stored.
Value emitEpilogue(Emitter &b, const KernelLayer &layer, Value sums);

/// A mask of the first `count` lanes of a vector type.
Value firstLanes(Emitter &b, VectorType type, int64_t count);

/// Loads the first `count` lanes of a vector; the others are zero.
Value loadLanes(Emitter &b, VectorType type, Value buffer, Value position, int64_t count);

/// Stores the lanes [begin, end) of a vector whose lane 0 belongs to a position, and
/// touches nothing else.
void storeLanes(Emitter &b, Value vector, Value buffer, Value position, int64_t begin, int64_t end);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_EPILOGUE_H
