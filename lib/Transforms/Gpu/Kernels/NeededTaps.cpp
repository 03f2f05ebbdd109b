//===- NeededTaps.cpp - The taps that a block sums ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A pixel's number has digits: the image, then its position in each dimension; or the positions
// first and the image last. Up to the first digit in which the first and the last pixel of a
// tile differ, all its pixels have the same; that digit has a range; behind it anything occurs.
// From the range of positions in a dimension follows the range of taps that read inside of x.
// This is the arithmetic of lib/Schedule/TileWork.cpp, emitted.
//
//===----------------------------------------------------------------------===//

#include "NeededTaps.h"

#include "PixelPosition.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Positions of pixels in one dimension, both ends included.
struct Positions {
  Value first, last;
};

/// For each dimension, between which positions the pixels of a tile stand.
SmallVector<Positions> findPositions(KernelBuilder &b, const GpuKernelLayer &layer,
                                     const PhaseValues &phase, Value firstPixel) {
  Value behind = b.minUnsigned(b.add(firstPixel, layer.schedule.blockM), phase.pixels);
  auto first = PixelPosition::decode(b, layer, phase, firstPixel);
  auto last = PixelPosition::decode(b, layer, phase, b.add(behind, -1));
  // Behind the first digit that differs, those of the pixels between may be anything.
  Value same;
  if (layer.schedule.order == ::tconv::GpuPixelOrder::ImageByImage)
    same = b.equal(first.image, last.image);
  SmallVector<Positions> positions;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    Positions range{first.dims[dim], last.dims[dim]};
    Value isSame = b.equal(range.first, range.last);
    if (same) {
      range.first = b.select(same, range.first, b.i32(0));
      range.last = b.select(same, range.last, b.add(phase.dims[dim].extent, -1));
    }
    same = same ? b.both(same, isSame) : isSame;
    positions.push_back(range);
  }
  return positions;
}

/// The range of taps of which some position in a range reads inside of x.
NeededTaps::Range findRange(KernelBuilder &b, const DimGeometry &sizes, const PhaseDimValues &phase,
                            const Positions &positions) {
  const int64_t step = sizes.attributes.inputStep();
  Value front = b.sub(b.i32(0), b.add(positions.last, phase.firstInput));
  Value begin = b.div(b.add(b.orZero(front), step - 1), step);
  Value back = b.sub(b.i32(sizes.input - 1 + step), b.add(positions.first, phase.firstInput));
  Value end = b.minUnsigned(b.div(b.orZero(back), step), phase.taps);
  return {begin, b.maxUnsigned(begin, end), nullptr};
}

/// Completes ranges by what follows from them.
void finish(KernelBuilder &b, const PhaseValues &phase, NeededTaps &taps) {
  Value inner = b.i32(1);
  taps.count = b.i32(1);
  for (size_t dim = phase.dims.size(); dim-- > 0;) {
    NeededTaps::Range &range = taps.dims[dim];
    Value size = b.sub(range.end, range.begin);
    taps.count = b.mul(taps.count, size);
    range.skipped = b.mul(b.sub(phase.dims[dim].taps, size), inner);
    inner = b.mul(inner, phase.dims[dim].taps);
  }
}

} // namespace

NeededTaps NeededTaps::all(KernelBuilder &b, const PhaseValues &phase) {
  NeededTaps taps;
  for (const PhaseDimValues &dim : phase.dims)
    taps.dims.push_back({b.i32(0), dim.taps, b.i32(0)});
  taps.count = phase.taps;
  return taps;
}

NeededTaps NeededTaps::of(KernelBuilder &b, const GpuKernelLayer &layer, const PhaseValues &phase,
                          Value first) {
  NeededTaps taps = all(b, phase);
  if (!llvm::is_contained(layer.work.leavesOut, true))
    return taps;
  auto positions = findPositions(b, layer, phase, first);
  for (size_t dim = 0; dim < layer.rank(); ++dim)
    if (layer.work.leavesOut[dim])
      taps.dims[dim] =
          findRange(b, layer.problem.geometry.dims[dim], phase.dims[dim], positions[dim]);
  finish(b, phase, taps);
  return taps;
}
