//===- BlockPosition.cpp - What the block of a kernel computes ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The digits of a block's number are, from the outside in: the group; the band of `raster`
// tiles of pixels; the block of output channels; the tile in the band. Tiles of pixels are
// those of all phases in turn: phase = tile % phases. What a block needs of its phase it reads
// from a table.
//
//===----------------------------------------------------------------------===//

#include "BlockPosition.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

struct TileNumbers {
  Value pixels, channels;
};

/// Bands of `raster` tiles of pixels; in a band all of them are computed with the same
/// channels before the next channels have their turn.
TileNumbers decodeRaster(KernelBuilder &b, const GpuKernelLayer &layer, Value number) {
  const int64_t tiles = layer.blocks.tiles(), channels = layer.blocks.channelBlocks;
  if (channels == 1)
    return {number, b.i32(0)};
  const int64_t raster = std::min(layer.schedule.raster, tiles);
  Value band = b.div(number, raster * channels), inside = b.rem(number, raster * channels);
  Value first = b.mul(band, raster);
  Value size = tiles % raster == 0 ? b.i32(raster)
                                   : b.minUnsigned(b.sub(b.i32(tiles), first), b.i32(raster));
  return {b.add(first, b.rem(inside, size)), b.div(inside, size)};
}

} // namespace

BlockPosition BlockPosition::decode(KernelBuilder &b, gpu::GPUModuleOp module,
                                    const GpuKernelLayer &layer) {
  BlockPosition block;
  const int64_t perGroup = layer.blocks.ofGroup();
  Value number = b.blockIndexX();
  block.group = layer.blocks.groups == 1 ? b.i32(0) : b.div(number, perGroup);
  if (layer.blocks.groups > 1)
    number = b.rem(number, perGroup);
  block.part = layer.schedule.splitK == 1 ? b.i32(0) : b.blockIndexY();
  TileNumbers tile = decodeRaster(b, layer, number);
  block.channelBlock = tile.channels;
  const int64_t phases = layer.blocks.phases;
  block.phaseNumber = b.rem(tile.pixels, phases);
  block.phase = loadPhase(b, module, layer, block.phaseNumber);
  block.firstPixel = b.mul(b.div(tile.pixels, phases), layer.schedule.blockM);
  block.taps = NeededTaps::of(b, layer, block.phase, block.firstPixel);
  return block;
}

SumSteps SumSteps::of(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block) {
  Value all = b.mul(block.taps.count, layer.stepsPerTap());
  const int64_t parts = layer.schedule.splitK;
  if (parts == 1)
    return {b.i32(0), all};
  Value perPart = b.ceilDiv(all, parts);
  Value begin = b.minUnsigned(b.mul(block.part, perPart), all);
  return {begin, b.minUnsigned(b.add(begin, perPart), all)};
}
