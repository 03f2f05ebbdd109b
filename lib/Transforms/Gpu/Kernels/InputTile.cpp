//===- InputTile.cpp - Tiles of x from global to shared memory ------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "InputTile.h"

#include "PixelPosition.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

constexpr int64_t chunkBytes = 16;

int64_t chunksPerRow(const GpuKernelLayer &layer) {
  return layer.schedule.blockK / layer.chunkElements();
}

/// Bytes that are contiguous in x for neighbouring channels, and aligned in every row.
int64_t choosePieceBytes(const GpuKernelLayer &layer) {
  const int64_t bytes = layer.elementBytes();
  if (!layer.problem.channelsLast())
    return bytes >= 4 ? bytes : 0;
  for (int64_t piece : {16, 8, 4})
    if (piece >= bytes && layer.inputChannels() * bytes % piece == 0)
      return piece;
  return 0;
}

/// Dimensions in which some tap of some phase reads outside of x.
SmallVector<bool> findCheckedDims(const GpuKernelLayer &layer) {
  SmallVector<bool> checked(layer.rank(), false);
  // Rows that are no pixels stand outside in the first dimension.
  checked[0] = true;
  for (const ::tconv::Phase &phase : layer.phases.phases)
    for (auto [dim, values] : llvm::enumerate(phase.dims)) {
      const DimGeometry &sizes = layer.problem.geometry.dims[dim];
      const int64_t last =
          values.firstInput + values.extent - 1 + (values.taps - 1) * sizes.attributes.inputStep();
      if (values.taps > 0 && (values.firstInput < 0 || last >= sizes.input))
        checked[dim] = true;
    }
  return checked;
}

} // namespace

InputTile::InputTile(KernelBuilder &b, const GpuKernelLayer &layer, const BlockPosition &block,
                     Value x)
    : layer(layer), x(x), pieceBytes(choosePieceBytes(layer)), checkedDims(findCheckedDims(layer)) {
  createChunks(b, block);
}

InputTile::Row InputTile::locateRow(KernelBuilder &b, const GpuKernelLayer &layer, Value row) {
  const int64_t bytes = layer.schedule.blockK * layer.elementBytes();
  const int64_t perRow = chunksPerRow(layer), swapped = std::min<int64_t>(perRow, 8);
  // Rows of less than 128 bytes share their banks with fewer others.
  Value key = b.rem(b.div(row, 8 / swapped), swapped);
  return {b.mul(row, bytes), b.mul(key, chunkBytes)};
}

/// Neighbouring threads copy neighbouring elements of x: chunks of a row if channels are
/// last, rows otherwise.
void InputTile::createChunks(KernelBuilder &b, const BlockPosition &block) {
  const int64_t perRow = chunksPerRow(layer), rows = layer.schedule.blockM;
  const int64_t threads = layer.schedule.threads(), total = rows * perRow;
  Value thread = b.threadIndex();
  for (int64_t first = 0; first < total; first += threads) {
    const int64_t inner = layer.problem.channelsLast() ? perRow : rows;
    // The parts of the number that all chunks of a thread share are computed once.
    const bool regular = threads % inner == 0;
    Value number = regular ? thread : b.add(thread, first);
    Value minor = b.rem(number, inner), major = b.div(number, inner);
    if (regular)
      major = b.add(major, first / inner);
    Chunk chunk = layer.problem.channelsLast() ? createChunk(b, block, major, minor)
                                               : createChunk(b, block, minor, major);
    if (first + threads > total)
      chunk.exists = b.below(thread, total - first);
    chunks.push_back(chunk);
  }
}

InputTile::Chunk InputTile::createChunk(KernelBuilder &b, const BlockPosition &block, Value row,
                                        Value number) {
  Chunk chunk;
  Value pixel = b.add(block.firstPixel, row);
  PixelPosition position = PixelPosition::decode(b, layer, block.phase, pixel);
  chunk.channel = b.mul(number, layer.chunkElements());
  Value channel = b.add(b.mul(block.group, layer.inputChannels()), chunk.channel);
  chunk.first = b.add(b.mul(position.image, layer.x.batch), b.mul(channel, layer.x.channel));
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    Value coord = b.add(position.dims[dim], block.phase.dims[dim].firstInput);
    chunk.first = b.add(chunk.first, b.mul(coord, layer.x.dims[dim]));
    chunk.coords.push_back(coord);
  }
  constexpr int64_t outside = -(int64_t(1) << 30);
  chunk.coords[0] = b.select(b.below(pixel, block.phase.pixels), chunk.coords[0], b.i32(outside));
  Row place = locateRow(b, layer, row);
  chunk.shared = b.add(place.offset, b.exclusiveOr(b.mul(number, chunkBytes), place.key));
  return chunk;
}

/// Whether the pixel that a tap reads is in x.
Value InputTile::isInside(KernelBuilder &b, const Chunk &chunk, const SumPosition &position) const {
  Value inside;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    if (!checkedDims[dim])
      continue;
    Value coord = b.add(chunk.coords[dim], position.taps[dim]);
    Value ok = b.below(coord, layer.problem.geometry.dims[dim].input);
    inside = inside ? b.both(inside, ok) : ok;
  }
  return inside;
}

/// Whether the group has the channel of an element of a chunk; null if it always does.
Value InputTile::channelExists(KernelBuilder &b, const Chunk &chunk, const SumPosition &position,
                               int64_t element) const {
  if (layer.inputChannels() % layer.schedule.blockK == 0)
    return nullptr;
  Value channel = b.add(b.add(position.channel, chunk.channel), element);
  return b.below(channel, layer.inputChannels());
}

/// How far behind its first element of the first tap a chunk begins, in elements.
Value InputTile::offsetOf(KernelBuilder &b, const SumPosition &position) const {
  Value offset = b.mul(position.channel, layer.x.channel);
  for (size_t dim = 0; dim < layer.rank(); ++dim)
    offset = b.add(offset, b.mul(position.taps[dim], layer.x.dims[dim]));
  return offset;
}

void InputTile::copy(KernelBuilder &b, const SumPosition &position, Value needed,
                     Value shared) const {
  for (const Chunk &chunk : chunks) {
    if (!chunk.exists) {
      copyChunk(b, chunk, position, needed, shared);
      continue;
    }
    b.ifThen(chunk.exists, [&] { copyChunk(b, chunk, position, needed, shared); });
  }
}

void InputTile::copyChunk(KernelBuilder &b, const Chunk &chunk, const SumPosition &position,
                          Value needed, Value shared) const {
  const int64_t elements = pieceBytes / layer.elementBytes();
  Value inside = b.both(needed, isInside(b, chunk, position));
  Value first = b.add(chunk.first, offsetOf(b, position));
  for (int64_t element = 0; element < layer.chunkElements(); element += elements) {
    Value reads = inside;
    if (Value exists = channelExists(b, chunk, position, element))
      reads = b.both(reads, exists);
    Value bytes = b.select(reads, b.i32(pieceBytes), b.i32(0));
    // Nothing is read from an address of which no bytes are copied; it is in x all the same.
    Value index = b.select(reads, b.add(first, element * layer.x.channel), b.i32(0));
    Value target = b.atByte(b.atByte(shared, chunk.shared), element * layer.elementBytes());
    NVVM::CpAsyncOp::create(b, target, b.at(x, layer.element, index), pieceBytes,
                            pieceBytes == 16 ? NVVM::LoadCacheModifierKind::CG
                                             : NVVM::LoadCacheModifierKind::CA,
                            bytes);
  }
}

SmallVector<Value> InputTile::load(KernelBuilder &b, const SumPosition &position,
                                   Value needed) const {
  SmallVector<Value> values;
  // Those of threads that have none are never stored.
  for (const Chunk &chunk : chunks)
    values.push_back(
        loadChunk(b, chunk, position, chunk.exists ? b.both(needed, chunk.exists) : needed));
  return values;
}

/// The elements of a chunk as one vector.
Value InputTile::loadChunk(KernelBuilder &b, const Chunk &chunk, const SumPosition &position,
                           Value needed) const {
  // As integers: nothing is computed with them here.
  Type type = b.getIntegerType(layer.element.getIntOrFloatBitWidth());
  Value inside = b.both(needed, isInside(b, chunk, position));
  Value first = b.add(chunk.first, offsetOf(b, position));
  Value vector = b.poison(VectorType::get({layer.chunkElements()}, type));
  for (int64_t element = 0; element < layer.chunkElements(); ++element) {
    Value reads = inside;
    if (Value exists = channelExists(b, chunk, position, element))
      reads = b.both(reads, exists);
    Value index = b.select(reads, b.add(first, element * layer.x.channel), b.i32(0));
    Value number = b.load(type, b.at(x, type, index), layer.elementBytes());
    vector = b.insert(b.select(reads, number, b.zero(type)), vector, element);
  }
  return vector;
}

void InputTile::store(KernelBuilder &b, ArrayRef<Value> values, Value shared) const {
  for (auto [chunk, value] : llvm::zip_equal(chunks, values)) {
    auto storeChunk = [&, &chunk = chunk, value = value] {
      Type words = VectorType::get({chunkBytes / 4}, b.getI32Type());
      b.store(b.bitcast(value, words), b.atByte(shared, chunk.shared), chunkBytes);
    };
    if (chunk.exists)
      b.ifThen(chunk.exists, storeChunk);
    else
      storeChunk();
  }
}
