//===- Chunks.cpp - An axis cut into pieces that look alike --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An axis is cut evenly. Two chunks look alike if their intervals lie at the same places in them; a
// plan then has one set of tiles for both.
//
//===----------------------------------------------------------------------===//

#include "Chunks.h"

#include "SortedMap.h"

#include <algorithm>

using namespace tconv;

static Signature signatureOf(const IntervalDim &dim, const Piece &chunk) {
  Signature signature;
  for (Interval interval : dim.intervals) {
    interval.begin = std::max(interval.begin, chunk.begin) - chunk.begin;
    interval.end = std::min(interval.end, chunk.begin + chunk.size) - chunk.begin;
    if (interval.begin < interval.end)
      signature.push_back(interval);
  }
  return signature;
}

ChunkedAxis tconv::chunk(const IntervalDim &dim, int64_t size) {
  ChunkedAxis axis{splitEvenly(dim.begin, dim.end, size), {}, {}};
  SortedMap<Signature, size_t> known;
  for (const Piece &piece : axis.chunks) {
    Signature signature = signatureOf(dim, piece);
    auto [number, isNew] = known.add(signature);
    if (isNew) {
      number = axis.signatures.size();
      axis.signatures.push_back(std::move(signature));
    }
    axis.signatureOf.push_back(number);
  }
  return axis;
}
