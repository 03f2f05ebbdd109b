//===- RegisterTile.h - The sums that stay in registers ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_REGISTERTILE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_REGISTERTILE_H

#include "DotProducts.h"
#include "LaneBlocks.h"
#include "MatrixCopy.h"
#include "Tables.h"

namespace mlir::tconv {

/// A tile in place: positions of its first pixel, in elements.
struct PlacedTile {
  Value x;
  Value y;
  TileEntry entry;
};

/// Builds the computation of one tile of a shape for one lane block: sums over the
/// tile's segments, `unroll` steps at a time, the epilogue, and the stores.
class RegisterTile {
public:
  RegisterTile(const KernelLayer &layer, const PlanTables &tables, const ::tconv::TileShape &shape,
               const LaneBlock &block, const ::tconv::TilePlan &plan, int64_t unroll)
      : layer(layer), tables(tables), shape(shape), block(block), plan(plan), unroll(unroll),
        dot(layer) {
    // More steps at once need more registers than the chains leave.
    if (numChains() > 1)
      this->unroll = numChains();
  }

  /// The tile's segments, if they have been loaded already.
  RegisterTile &withSegments(ArrayRef<SegmentEntry> loaded) {
    segments = loaded;
    return *this;
  }
  /// Leaves the epilogue out: sums are stored as they are.
  RegisterTile &withoutEpilogue() {
    storesSums = true;
    return *this;
  }

  /// Where its pixels lie, if the shape does not say so.
  RegisterTile &withOffsets(ArrayRef<Value> x, ArrayRef<Value> y) {
    xOffsets = x;
    yOffsets = y;
    return *this;
  }

  void emit(Emitter &b, const PlacedTile &tile);

private:
  using Sums = SmallVector<Value>;
  struct Prefetch {
    Value position;
    Value perStep;
  };

  int64_t numSums() const { return shape.pixels() * block.vectors; }
  /// Independent partial sums of each sum, so that additions do not wait for each other.
  int64_t numChains() const;
  /// Elements of the packed filter that one step reads.
  int64_t stepElements() const;
  Sums initialSums(Emitter &b, const PlacedTile &tile);
  Sums startSums(Emitter &b);
  Sums loadSums(Emitter &b, Value y);
  Sums accumulate(Emitter &b, const PlacedTile &tile, Sums sums);
  Sums accumulateSegment(Emitter &b, const SegmentEntry &segment, const TileEntry &entry, Value x,
                         Sums sums);
  Sums emitSteps(Emitter &b, int64_t count, ValueRange carried);
  Prefetch locatePrefetch(Emitter &b, const SegmentEntry &segment, const TileEntry &entry,
                          Value filter);
  void prefetchFilter(Emitter &b, Value position, Value perStep);
  Sums accumulateLanes(Emitter &b, const SegmentEntry &segment, Value x, Sums sums);
  Value xOf(Emitter &b, Value x, int64_t pixel, int64_t behind) const;
  Value yOf(Emitter &b, Value y, int64_t pixel, int64_t behind) const;
  void emitStep(Emitter &b, Value x, int64_t channel, Value filter, MutableArrayRef<Value> sums);
  Sums addCorrections(Emitter &b, const PlacedTile &tile, Sums sums);
  void finish(Emitter &b, const Sums &sums, const PlacedTile &tile);
  Sums complete(Emitter &b, const Sums &sums, const PlacedTile &tile, bool isClipped);
  SmallVector<Value> createMasks(Emitter &b, const PlacedTile &tile, bool isClipped);
  IndexRange existingLanes(Emitter &b, const PlacedTile &tile);
  void storeAll(Emitter &b, ValueRange sums, Value y);
  void storeClipped(Emitter &b, ValueRange sums, const PlacedTile &tile);

  const KernelLayer &layer;
  const PlanTables &tables;
  const ::tconv::TileShape &shape;
  const LaneBlock &block;
  const ::tconv::TilePlan &plan;
  int64_t unroll;
  ArrayRef<SegmentEntry> segments;
  ArrayRef<Value> xOffsets, yOffsets;
  bool storesSums = false;
  DotProductEmitter dot;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_REGISTERTILE_H
