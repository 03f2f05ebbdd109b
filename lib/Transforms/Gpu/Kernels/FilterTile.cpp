//===- FilterTile.cpp - Tiles of the packed filter to shared memory -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile is contiguous in the packed filter, so that threads copy chunks of 16 bytes at a fixed
// distance from each other, by cp.async past the first cache; what is not needed has a size of zero
// bytes, which fills with zeros.
//
//===----------------------------------------------------------------------===//

#include "FilterTile.h"

using namespace mlir;
using namespace mlir::tconv;

static int64_t tileElements(const GpuKernelLayer &layer) {
  return layer.schedule.blockK * layer.schedule.blockN;
}

Value mlir::tconv::locateFilterTiles(KernelBuilder &b, const GpuKernelLayer &layer,
                                     const BlockPosition &block) {
  const int64_t steps = static_cast<int64_t>(layer.packing.tapOrder.size()) * layer.stepsPerTap();
  Value channelBlock = b.add(b.mul(block.group, layer.blocks.channelBlocks), block.channelBlock);
  Value step = b.add(b.mul(channelBlock, steps), b.mul(block.phase.firstTap, layer.stepsPerTap()));
  return b.mul(step, tileElements(layer));
}

FilterTile::FilterTile(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block,
                       Value filter)
    : layer(layer), filter(filter), thread(b.threadIndex()) {
  first = b.add(locateFilterTiles(b, layer, block), b.mul(thread, layer.chunkElements()));
}

void FilterTile::copy(KernelBuilder &b, const SumPosition &position, Value needed,
                      Value shared) const {
  constexpr int64_t chunkBytes = 16;
  const int64_t chunks = tileElements(layer) / layer.chunkElements();
  const int64_t threads = layer.schedule.threads();
  Value bytes = b.select(needed, b.i32(chunkBytes), b.i32(0));
  Value source = b.add(first, b.mul(position.filter, tileElements(layer)));
  source = b.select(needed, source, b.i32(0));
  Value target = b.atByte(shared, b.mul(thread, chunkBytes));
  for (int64_t chunk = 0; chunk < chunks; chunk += threads) {
    auto copyChunk = [&] {
      Value from = b.at(filter, layer.element, source);
      NVVM::CpAsyncOp::create(b, b.atByte(target, chunk * chunkBytes),
                              b.atByte(from, chunk * chunkBytes), chunkBytes,
                              NVVM::LoadCacheModifierKind::CG, bytes);
    };
    if (chunk + threads > chunks)
      b.ifThen(b.below(thread, chunks - chunk), copyChunk);
    else
      copyChunk();
  }
}
