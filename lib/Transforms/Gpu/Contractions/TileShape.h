//===- TileShape.h - Tiles of blocks and threads -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_TILESHAPE_H
#define TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_TILESHAPE_H

#include <cstdint>
#include <optional>

namespace mlir::tconv {

/// The part of a contraction that a block computes, and how its threads share it.
struct TileShape {
  /// Rows and columns of the result that a block computes.
  int64_t rows, columns;
  /// Steps of the reduction that are in shared memory at a time.
  int64_t depth;
  /// Rows and columns that a thread computes, in registers.
  int64_t threadRows, threadColumns;

  int64_t threads() const { return rows / threadRows * (columns / threadColumns); }
};

/// Sizes of a contraction, as far as they are known when compiling.
struct ContractionCounts {
  std::optional<int64_t> batch, rows, columns, reduction;
};

/// The tile, or nothing if staging in shared memory does not pay: an element that only a few
/// results use is not worth a copy.
std::optional<TileShape> chooseTile(const ContractionCounts &counts);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_CONTRACTIONS_TILESHAPE_H
