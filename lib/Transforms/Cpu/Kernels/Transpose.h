//===- Transpose.h - Transposition in registers -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors that change places: written as shuffles of two vectors, which the code
// generator turns into single instructions, since kernels get no vectoriser.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_TRANSPOSE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_TRANSPOSE_H

#include "../../Layers/Emitter.h"

namespace mlir::tconv {

/// The side of the squares that are transposed in registers, for elements of a type.
int64_t transposeSide(Type element);

/// The columns of a square matrix that is given by its rows.
SmallVector<Value> transpose(Emitter &b, ArrayRef<Value> rows);

/// All first elements of the vectors, then all second ones, and so on, in vectors of the
/// same type.
SmallVector<Value> interleave(Emitter &b, ArrayRef<Value> columns);
/// The same in one vector.
Value interleaveLanes(Emitter &b, ArrayRef<Value> vectors);
/// What `interleave` was given.
SmallVector<Value> deinterleave(Emitter &b, ArrayRef<Value> vectors);

/// The columns of one matrix for each channel, the channels of an element side by side. Matrices
/// are squares given by their rows or, of fewer columns, given by vectors as `interleave` makes
/// them.
SmallVector<Value> transposeChannels(Emitter &b, ArrayRef<SmallVector<Value>> matrices);

/// 16-bit floating-point numbers as integers, which shuffles are fast for; other vectors as
/// they are.
Value toShuffled(Emitter &b, Value vector);
/// The reverse, for elements of a type.
Value fromShuffled(Emitter &b, Value vector, Type element);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_TRANSPOSE_H
