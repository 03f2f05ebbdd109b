//===- OutputTransform.cpp - From transformed sums to elements of y -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "OutputTransform.h"

#include "../Epilogue.h"
#include "DirectTile.h"
#include "TransformEmitter.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// An output of a tile: relative to the first one, its number in each dimension and its position.
struct Output {
  SmallVector<int64_t> numbers;
  Value offset;
};

class OutputTransform {
public:
  OutputTransform(Emitter &b, const WinogradLayer &winograd, const PhaseBlock &block,
                  const TileChunk &chunk)
      : b(b), winograd(winograd), layer(winograd.layer), block(block), chunk(chunk),
        outputs(listOutputs()) {}

  void emit(Value number);

private:
  SmallVector<Output> listOutputs() const;
  Value liesInside(const TileOutputs &tile);
  Value emitLanes(Value number, const TileOutputs &tile, bool inside);
  Value emitVector(Value number, const TileOutputs &tile, bool inside, Value lane, int64_t count,
                   Value check);
  void store(Value sums, const TileOutputs &tile, const Output &output, bool inside, Value lane,
             int64_t count);

  Emitter &b;
  const WinogradLayer &winograd;
  const KernelLayer &layer;
  const PhaseBlock &block;
  const TileChunk &chunk;
  SmallVector<Output> outputs;
};

SmallVector<Output> OutputTransform::listOutputs() const {
  SmallVector<Output> list{{{}, b.index(0)}};
  for (auto [dim, sizes, stride] :
       llvm::zip_equal(winograd.plan.dims, layer.geometry.dims, winograd.outputStrides(b))) {
    SmallVector<Output> next;
    for (const Output &outer : list)
      for (int64_t number = 0; number < dim.outputs; ++number) {
        next.push_back(outer);
        next.back().numbers.push_back(number);
        next.back().offset = b.add(outer.offset, b.mul(stride, number * sizes.attributes.stride));
      }
    list = next;
  }
  return list;
}

/// Whether all outputs of a tile are elements of y.
Value OutputTransform::liesInside(const TileOutputs &tile) {
  Value inside;
  for (auto [first, dim, sizes, output] :
       llvm::zip_equal(tile.first, winograd.plan.dims, layer.geometry.dims, layer.outputs)) {
    const int64_t reach = (dim.outputs - 1) * sizes.attributes.stride;
    Value fits = isInside(b, first, b.maxSigned(b.add(output, -reach), b.index(0)));
    inside = inside ? b.createOrFold<arith::AndIOp>(inside, fits) : fits;
  }
  return inside;
}

/// The tile of that number in the chunk.
void OutputTransform::emit(Value number) {
  TileLocation location = winograd.locate(b, chunk, number);
  TileOutputs tile = locateOutputs(b, winograd, location, block);
  Value check = b.ifThenElse(
      liesInside(tile), layer.sums(), [&] { return emitLanes(number, tile, true); },
      [&] { return emitLanes(number, tile, false); });
  Value differs = arith::CmpFOp::create(b, arith::CmpFPredicate::UNO, check, check);
  Value isOdd = vector::ReductionOp::create(b, vector::CombiningKind::OR, differs);
  b.ifThen(isOdd, [&] { emitDirectTile(b, winograd, block, location, chunk.group); });
}

/// All vectors of the lane block. Returns a vector that is nan where a lane of a sum is not
/// finite, and zero elsewhere.
Value OutputTransform::emitLanes(Value number, const TileOutputs &tile, bool inside) {
  const int64_t lanes = layer.schedule.vectorLength, whole = block.lanes.lanes / lanes * lanes;
  Value check = b.zero(layer.sums());
  if (whole > 0)
    check = b.loop(b.index(0), b.index(whole), lanes, check,
                   [&](Value lane, ValueRange carried) -> SmallVector<Value> {
                     return {emitVector(number, tile, inside, lane, lanes, carried.front())};
                   })
                .front();
  if (whole < block.lanes.lanes)
    check = emitVector(number, tile, inside, b.index(whole), block.lanes.lanes - whole, check);
  return check;
}

/// The sum of values, most of whose additions do not wait for each other.
Value addPairwise(Emitter &b, ArrayRef<Value> values) {
  if (values.size() == 1)
    return values.front();
  const size_t half = values.size() / 2;
  return arith::AddFOp::create(b, addPairwise(b, values.take_front(half)),
                               addPairwise(b, values.drop_front(half)));
}

/// A sum that is finite has finite terms. (One of finite terms may overflow: the tile is then
/// computed twice.)
Value OutputTransform::emitVector(Value number, const TileOutputs &tile, bool inside, Value lane,
                                  int64_t count, Value check) {
  Value from = b.add(b.mul(number, winograd.space.sumTile), lane);
  SmallVector<Value> sums;
  for (int64_t product = 0; product < block.phases.products(); ++product)
    sums.push_back(
        b.load(layer.sums(), chunk.sums, b.add(from, product * winograd.space.sumProduct)));
  sums = emitTransform(b, block.phases.transforms, &::tconv::CookToom::output, sums);
  Value bias =
      layer.bias ? b.load(layer.sums(), layer.bias, b.add(block.lanes.bias, lane)) : Value();
  for (auto [sum, output] : llvm::zip_equal(sums, outputs))
    store(bias ? Value(arith::AddFOp::create(b, sum, bias)) : sum, tile, output, inside, lane,
          count);
  return vector::FMAOp::create(b, addPairwise(b, sums), b.zero(layer.sums()), check);
}

void OutputTransform::store(Value sums, const TileOutputs &tile, const Output &output, bool inside,
                            Value lane, int64_t count) {
  auto emit = [&] {
    emitStore(b, layer, sums, b.add(b.add(tile.position, lane), output.offset),
              b.add(block.lanes.bias, lane), count);
  };
  if (inside)
    return emit();
  Value exists;
  for (auto [first, number, sizes, size] :
       llvm::zip_equal(tile.first, output.numbers, layer.geometry.dims, layer.outputs)) {
    Value fits = isInside(b, b.add(first, number * sizes.attributes.stride), size);
    exists = exists ? b.createOrFold<arith::AndIOp>(exists, fits) : fits;
  }
  b.ifThen(exists, emit);
}

} // namespace

TileOutputs mlir::tconv::locateOutputs(Emitter &b, const WinogradLayer &winograd,
                                       const TileLocation &tile, const PhaseBlock &block) {
  TileOutputs outputs;
  outputs.position = b.add(tile.y, block.lanes.lane);
  for (auto [position, offset, sizes, stride] :
       llvm::zip_equal(tile.positions, block.phase.offsets, winograd.layer.geometry.dims,
                       winograd.outputStrides(b))) {
    outputs.first.push_back(b.add(b.mul(position, sizes.attributes.stride), offset));
    outputs.position = b.add(outputs.position, b.mul(offset, stride));
  }
  return outputs;
}

void mlir::tconv::emitOutputTransform(Emitter &b, const WinogradLayer &winograd,
                                      const PhaseBlock &block, const TileChunk &chunk) {
  OutputTransform transform(b, winograd, block, chunk);
  b.loop(b.index(0), chunk.count, 1, [&](Value number) { transform.emit(number); });
}
