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
  if (!layer.inputType.hasStaticShape())
    plan.tiles = std::max(plan.tiles, layer.schedule.blockPixels);
  return plan;
}

WinogradLayer::WinogradLayer(const KernelLayer &layer)
    : layer(layer), plan(createPlan(layer)),
      space(::tconv::WinogradWorkspace::of(plan, layer.geometry, layer.schedule,
                                           layer.sum.getIntOrFloatBitWidth() / 8)) {}

Value WinogradLayer::numTiles(Emitter &b) const {
  Value tiles = layer.batch;
  for (size_t dim = 0; dim < plan.dims.size(); ++dim)
    tiles = b.mul(tiles, numTilesOf(b, dim));
  return tiles;
}

int64_t WinogradLayer::firstPosition(size_t dim) const {
  const ::tconv::DimAttributes &attributes = layer.geometry.dims[dim].attributes;
  if (!isDynamic(dim))
    return plan.dims[dim].firstPosition;
  return std::max<int64_t>(llvm::divideFloorSigned(attributes.paddingBegin, attributes.stride), 0);
}

/// Of a dynamic size: the positions q = floor(t / s) of all outputs that a tap can reach, with
/// t = o + pb from pb to O - 1 + pb, and taps that read x[q - j].
Value WinogradLayer::numTilesOf(Emitter &b, size_t dim) const {
  if (!isDynamic(dim))
    return b.index(plan.dims[dim].tiles);
  const ::tconv::DimGeometry &sizes = layer.geometry.dims[dim];
  const int64_t s = sizes.attributes.stride;
  const int64_t taps = llvm::divideCeil(sizes.kernel, sizes.attributes.tapStep());
  Value end = b.add(layer.outputs[dim], b.index(sizes.attributes.paddingBegin - 1 + s));
  end = b.div(b.maxSigned(end, b.index(0)), s);
  end = b.minSigned(end, b.add(layer.inputs[dim], taps - 1));
  Value positions = b.maxSigned(b.sub(end, b.index(firstPosition(dim))), b.index(0));
  return b.ceilDiv(positions, plan.dims[dim].outputs);
}

bool WinogradLayer::isDynamic(size_t dim) const {
  return !getConstantIntValue(layer.inputs[dim]) || !getConstantIntValue(layer.outputs[dim]);
}

void WinogradLayer::emitLocations(Emitter &b, const TileChunk &chunk) const {
  b.loop(b.index(0), b.index(space.tiles), 1, [&](Value number) {
    Value tile = b.minSigned(b.add(chunk.first, number), b.sub(numTiles(b), b.index(1)));
    Value row = b.mul(number, locationColumns());
    Value y = b.mul(chunk.group, layer.packing.outputChannels);
    const SmallVector<Value> strides = outputStrides(b);
    for (size_t dim = plan.dims.size(); dim-- > 0;) {
      Value tiles = numTilesOf(b, dim);
      Value position = b.add(b.mul(b.rem(tile, tiles), plan.dims[dim].outputs), firstPosition(dim));
      b.store(position, chunk.locations, b.add(row, static_cast<int64_t>(dim)));
      Value distance = b.mul(strides[dim], layer.geometry.dims[dim].attributes.stride);
      y = b.add(y, b.mul(position, distance));
      tile = b.div(tile, tiles);
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
static SmallVector<Value> computeStrides(Emitter &b, int64_t channels, ArrayRef<Value> sizes) {
  SmallVector<Value> strides(sizes.size());
  Value stride = b.index(channels);
  for (size_t dim = sizes.size(); dim-- > 0; stride = b.mul(stride, sizes[dim]))
    strides[dim] = stride;
  return strides;
}

SmallVector<Value> WinogradLayer::inputStrides(Emitter &b) const {
  return computeStrides(b, layer.xChannels(), layer.inputs);
}

SmallVector<Value> WinogradLayer::outputStrides(Emitter &b) const {
  return computeStrides(b, layer.geometry.outputChannels, layer.outputs);
}

Value mlir::tconv::isInside(Emitter &b, Value number, Value size) {
  return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, number, size);
}
