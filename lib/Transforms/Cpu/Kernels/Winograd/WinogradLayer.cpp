//===- WinogradLayer.cpp - A layer as its transforms see it ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WinogradLayer.h"

using namespace mlir;
using namespace mlir::tconv;

/// There are tiles for whole chunks if their number is dynamic.
static ::tconv::WinogradPlan createPlan(const KernelLayer &layer) {
  auto plan = ::tconv::WinogradPlan::create(layer.geometry, layer.schedule);
  if (layer.hasDynamicBatch() && plan.tiles > 0)
    plan.tiles = std::max(plan.tiles, layer.schedule.blockPixels);
  return plan;
}

WinogradLayer::WinogradLayer(const KernelLayer &layer)
    : layer(layer), plan(createPlan(layer)),
      space(::tconv::WinogradWorkspace::of(plan, layer.geometry, layer.schedule,
                                           layer.sum.getIntOrFloatBitWidth() / 8)) {}

Value WinogradLayer::numTiles(Emitter &b) const {
  Value tiles = layer.batch;
  for (const ::tconv::WinogradDim &dim : plan.dims)
    tiles = b.mul(tiles, dim.tiles);
  return tiles;
}

void WinogradLayer::emitLocations(Emitter &b, const TileChunk &chunk) const {
  b.loop(b.index(0), b.index(space.tiles), 1, [&](Value number) {
    Value tile = b.minSigned(b.add(chunk.first, number), b.sub(numTiles(b), b.index(1)));
    Value row = b.mul(number, locationColumns());
    Value y = b.mul(chunk.group, layer.packing.outputChannels);
    const SmallVector<int64_t> strides = outputStrides();
    for (size_t dim = plan.dims.size(); dim-- > 0;) {
      const ::tconv::WinogradDim &tiles = plan.dims[dim];
      Value position = b.add(b.mul(b.rem(tile, tiles.tiles), tiles.outputs), tiles.firstPosition);
      b.store(position, chunk.locations, b.add(row, static_cast<int64_t>(dim)));
      y = b.add(y, b.mul(position, strides[dim] * layer.geometry.dims[dim].attributes.stride));
      tile = b.div(tile, tiles.tiles);
    }
    y = b.add(y, b.mul(tile, b.mul(layer.yPlane, layer.geometry.outputChannels)));
    b.store(tile, chunk.locations, b.add(row, locationColumns() - 2));
    b.store(y, chunk.locations, b.add(row, locationColumns() - 1));
  });
}

TileLocation WinogradLayer::locate(Emitter &b, const TileChunk &chunk, Value number) const {
  TileLocation location;
  Value row = b.mul(number, locationColumns());
  auto load = [&](int64_t column) { return b.load(chunk.locations, b.add(row, column)); };
  for (int64_t dim = 0; dim < locationColumns() - 2; ++dim)
    location.positions.push_back(load(dim));
  location.image = load(locationColumns() - 2);
  location.y = load(locationColumns() - 1);
  return location;
}

/// From the innermost dimension on, positions being `channels` elements apart.
static SmallVector<int64_t> computeStrides(ArrayRef<::tconv::DimGeometry> dims, int64_t channels,
                                           int64_t(::tconv::DimGeometry::*size)) {
  SmallVector<int64_t> strides(dims.size());
  for (size_t dim = dims.size(); dim-- > 0; channels *= dims[dim].*size)
    strides[dim] = channels;
  return strides;
}

SmallVector<int64_t> WinogradLayer::inputStrides() const {
  return computeStrides(layer.geometry.dims, layer.xChannels(), &::tconv::DimGeometry::input);
}

SmallVector<int64_t> WinogradLayer::outputStrides() const {
  return computeStrides(layer.geometry.dims, layer.geometry.outputChannels,
                        &::tconv::DimGeometry::output);
}

Value mlir::tconv::isInside(Emitter &b, Value number, int64_t size) {
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, number, b.index(size));
}
