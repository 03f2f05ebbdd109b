//===- InputPrefetch.cpp - Fetching x ahead of tiles ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile reads its pixels in turns. If several of them, with several cache lines each, lie in one
// page, no prefetcher of the processor follows, and the first reads of x wait for the third cache.
// So a tile fetches the pixels beside its own, those of the next tile of the row, line by line.
// Where many taps read a pixel only the first of them would wait, and where pixels are larger each
// has a page of its own: there it costs up to 4 % and wins nothing. k2 s2 on 196x196 pixels of 128
// channels takes 14 % less time, k4 s2 on 8192 pixels of 64 channels 9 % (Sapphire Rapids).
//
// Test: test/Transforms/Cpu/lower-kernels.mlir
//
//===----------------------------------------------------------------------===//

#include "InputPrefetch.h"

#include "tconv/Schedule/FilterPacking.h"

using namespace mlir;
using namespace mlir::tconv;

bool mlir::tconv::fetchesInput(const KernelLayer &layer, const ::tconv::TileShape &shape) {
  constexpr int64_t nearestLines = 2, farthestLines = 8, mostTaps = 2;
  const int64_t pixels = shape.pixels();
  if (pixels == 1 || layer.schedule.family != ::tconv::KernelFamily::OutputChannels ||
      ::tconv::longestPhase(layer.geometry, layer.schedule) > mostTaps * layer.packing.stepsPerTap)
    return false;
  const int64_t distance = shape.x[1] - shape.x[0];
  const int64_t lines = distance / Emitter::elementsOfLine(layer.factorType());
  const bool isRow = shape.x.back() - shape.x.front() == distance * (pixels - 1);
  return isRow && lines >= nearestLines && lines <= farthestLines;
}

void mlir::tconv::prefetchInput(Emitter &b, const KernelLayer &layer,
                                const ::tconv::TileShape &shape, int64_t unroll, Value step,
                                Value x) {
  const int64_t stepsOfLine =
      Emitter::elementsOfLine(layer.factorType()) / ::tconv::channelsPerStep(layer.schedule.dot);
  // A line serves so many iterations: each fetches as many of its pixels' next lines.
  const int64_t turns = std::max<int64_t>(stepsOfLine / unroll, 1);
  const int64_t pixels = shape.pixels(), count = llvm::divideCeil(pixels, turns);
  const int64_t distance = shape.x[1] - shape.x[0];
  Value turn = b.rem(b.div(step, unroll), turns);
  Value first = b.add(b.add(x, pixels * distance), b.mul(turn, count * distance));
  for (int64_t pixel = 0; pixel < count; ++pixel)
    b.prefetch(layer.x, b.add(first, pixel * distance));
}
