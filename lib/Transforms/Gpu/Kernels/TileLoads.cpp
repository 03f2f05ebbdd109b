//===- TileLoads.cpp - Tiles by the tensor memory accelerator -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// x comes by im2col: a column of the product's rows is one instruction, whose coordinates are those
// of the first pixel and whose offsets are the tap; the accelerator walks the pixels and fills with
// zeros outside of x. A map has one corner of x, so that phases of other borders have other maps.
//
//===----------------------------------------------------------------------===//

#include "TileLoads.h"

#include "ConstantTable.h"
#include "FilterTile.h"
#include "PixelPosition.h"

using namespace mlir;
using namespace mlir::tconv;

using ::tconv::Im2colMaps;

TileLoads::TileLoads(KernelBuilder &b, gpu::GPUModuleOp module, const GpuKernelLayer &layer,
                     const BlockPosition &block, const Sources &sources)
    : layer(layer), block(block), maps(sources.maps) {
  if (maps.maps.empty())
    return;
  map = chooseMap(b, module, sources.parameters);
  firstChannel = b.mul(block.group, layer.inputChannels());
  PixelPosition pixel = PixelPosition::decode(b, layer, block.phase, block.firstPixel);
  for (int64_t dim : maps.dims)
    firstPixel.push_back(dim == Im2colMaps::images ? pixel.image
                                                   : b.add(pixel.dims[dim], maps.firstInput[dim]));
  filter = b.at(sources.filter, layer.element, locateFilterTiles(b, layer, block));
}

/// That of the block's phase.
Value TileLoads::chooseMap(KernelBuilder &b, gpu::GPUModuleOp module, ValueRange parameters) const {
  Value chosen = parameters.front();
  if (parameters.size() == 1)
    return chosen;
  SmallVector<int32_t> numbers(maps.mapOfPhase.begin(), maps.mapOfPhase.end());
  Value table = createConstantTable(b, module, numbers);
  Value number = b.load(b.getI32Type(), b.at(table, b.getI32Type(), block.phaseNumber), 4);
  for (size_t index = 1; index < parameters.size(); ++index)
    chosen = b.select(b.equal(number, static_cast<int64_t>(index)), parameters[index], chosen);
  return chosen;
}

/// Taps of all dimensions but the outermost one are offsets behind a pixel; there, they move it.
void TileLoads::loadInput(KernelBuilder &b, const SumPosition &position, Value target,
                          Value barrier) const {
  SmallVector<Value> coordinates{b.add(firstChannel, position.channel)}, offsets;
  for (auto [dim, first] : llvm::zip_equal(maps.dims, firstPixel)) {
    const bool isOutermost = coordinates.size() == maps.dims.size();
    Value behind = b.i32(0);
    if (dim != Im2colMaps::images)
      behind =
          b.add(b.add(position.taps[dim], block.phase.dims[dim].firstInput), -maps.firstInput[dim]);
    coordinates.push_back(isOutermost ? b.add(first, behind) : first);
    if (!isOutermost)
      offsets.push_back(b.createOrFold<arith::TruncIOp>(b.getI16Type(), behind));
  }
  NVVM::CpAsyncBulkTensorGlobalToSharedClusterOp::create(
      b, target, map, coordinates, barrier, offsets, Value(), Value(), NVVM::TMALoadMode::IM2COL,
      /*isCTAOnly=*/false, NVVM::CTAGroupKindAttr(), Value());
}

void TileLoads::loadFilter(KernelBuilder &b, const SumPosition &position, Value target,
                           Value barrier) const {
  Value source = b.atByte(filter, b.mul(position.filter, layer.memory.filterBytes));
  NVVM::CpAsyncBulkGlobalToSharedClusterOp::create(
      b, target, source, barrier, b.i32(layer.memory.filterBytes), Value(), Value());
}

void TileLoads::emit(KernelBuilder &b, const StageRing &ring) const {
  if (maps.maps.empty())
    return;
  Type clusterMemory = LLVM::LLVMPointerType::get(b.getContext(), sharedClusterMemory);
  auto inCluster = [&](Value pointer) -> Value {
    return LLVM::AddrSpaceCastOp::create(b, clusterMemory, pointer);
  };
  const SumSteps steps = SumSteps::of(b, layer, block);
  SmallVector<Value> carried = ring.first(b).pack();
  llvm::append_range(carried,
                     SumPosition::at(b, layer, block.phase, block.taps, steps.begin).pack());
  b.loop(steps.begin, steps.end, 1, carried, [&](Value, ValueRange values) {
    auto place = StageRing::Place::unpack(values.take_front(2));
    auto position = SumPosition::unpack(values.drop_front(2));
    Value barrier = ring.beginToFill(b, place);
    loadInput(b, position, inCluster(ring.input(b, place.stage)), barrier);
    loadFilter(b, position, inCluster(ring.filter(b, place.stage)), barrier);
    SmallVector<Value> next = ring.next(b, place).pack();
    llvm::append_range(next, position.next(b, layer, block.taps).pack());
    return next;
  });
}
