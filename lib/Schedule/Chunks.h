//===- Chunks.h - An axis cut into pieces that look alike -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_SCHEDULE_CHUNKS_H
#define TCONV_LIB_SCHEDULE_CHUNKS_H

#include "Axis.h"

namespace tconv {

/// The part of an interval that lies in a chunk, relative to the chunk's begin.
using Signature = std::vector<Interval>;

/// An axis cut into chunks; chunks that hold the same have the same signature.
struct ChunkedAxis {
  std::vector<Piece> chunks;
  std::vector<size_t> signatureOf;
  std::vector<Signature> signatures;
};

/// Chunks of at most `size`.
ChunkedAxis chunk(const IntervalDim &dim, int64_t size);

} // namespace tconv

#endif // TCONV_LIB_SCHEDULE_CHUNKS_H
