//===- MatrixCopy.h - Copies between layouts --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Copies near the speed of memory: whole vectors are loaded and stored, also where rows
// become columns. A range whose length is no multiple of a vector ends with a vector that
// overlaps the one before, so nothing outside of it is touched.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_MATRIXCOPY_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_MATRIXCOPY_H

#include "../../Layers/Emitter.h"

namespace mlir::tconv {

/// Rows in a linear buffer that begin `stride` elements apart.
struct Matrix {
  Value buffer;
  Value first;
  Value stride;

  /// Dynamic strides count as long ones.
  int64_t knownStride() const {
    return getConstantIntValue(stride).value_or(std::numeric_limits<int64_t>::max());
  }
};

/// Numbers from `begin` up to `end`, at least so many.
struct IndexRange {
  Value begin;
  Value end;
  int64_t atLeast;
};

/// [0, total) cut into pieces of `size`, the last one up to twice as long; none if there is
/// nothing. Unless that is so, `total` is at least `atLeast`.
struct Split {
  Value total;
  int64_t atLeast;
  int64_t size;

  static Split of(Emitter &b, int64_t total, int64_t size) { return {b.index(total), total, size}; }
  Value count(Emitter &b) const;
  IndexRange piece(Emitter &b, Value number) const;
};

/// Runs `body` with the beginning of each `size` numbers of a range of at least as many; the
/// last ones may overlap those before.
void forEachOverlapping(Emitter &b, const IndexRange &range, int64_t size,
                        llvm::function_ref<void(Value)> body);

/// Turns an element, or a vector of elements, into what is stored.
using Conversion = llvm::function_ref<Value(Value)>;

/// The same for a place: a row of a matrix and the position of the element, or the first one.
using PlacedConversion = llvm::function_ref<Value(Value, Value row, Value position)>;

/// Copies elements from one position on to another, in the type of `to`.
void emitCopy(Emitter &b, Value from, Value fromFirst, Value to, Value toFirst,
              const IndexRange &range, Conversion convert);

/// Stores row r and column c of `from` as row c and column r of `to`. If the whole stride of
/// `to` belongs to the copy, columns that are left in it may be set to zero: returns whether
/// they are. Elements are converted by `convert` before they change places, and by `complete`,
/// if there is one, in a row of `to`.
bool emitTransposedCopy(Emitter &b, const Matrix &from, const Matrix &to, const IndexRange &rows,
                        const IndexRange &columns, Conversion convert,
                        PlacedConversion complete = nullptr, bool ownsStride = false);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_MATRIXCOPY_H
