//===- DirectTile.cpp - A tile by the definition --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A transform turns an infinity or a nan in one input into nans of all outputs of its tile, where
// the definition has them in those alone that read it. Such tiles are computed by the definition:
// for each output, loops over taps and channels.
//
//===----------------------------------------------------------------------===//

#include "DirectTile.h"

#include "../DotProducts.h"
#include "../Epilogue.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

class DirectTile {
public:
  DirectTile(Emitter &b, const WinogradLayer &winograd, const PhaseBlock &block,
             const TileLocation &tile, Value group)
      : b(b), winograd(winograd), layer(winograd.layer), block(block), tile(tile), group(group),
        dot(layer) {}

  void emit();

private:
  SmallVector<Value> digits(Value number, ArrayRef<int64_t> sizes);
  void emitOutput(ArrayRef<Value> numbers, Value position);
  Value emitTap(ArrayRef<Value> numbers, Value tap, Value lane, Value sums);
  Value emitChannels(Value x, Value tap, Value lane, Value sums);

  Emitter &b;
  const WinogradLayer &winograd;
  const KernelLayer &layer;
  const PhaseBlock &block;
  const TileLocation &tile;
  Value group;
  DotProductEmitter dot;
};

/// The indices that a row-major number is made of.
SmallVector<Value> DirectTile::digits(Value number, ArrayRef<int64_t> sizes) {
  SmallVector<Value> result;
  for (int64_t size : llvm::reverse(sizes)) {
    result.push_back(b.rem(number, size));
    number = b.div(number, size);
  }
  std::reverse(result.begin(), result.end());
  return result;
}

void DirectTile::emit() {
  SmallVector<int64_t> sizes;
  int64_t count = 1;
  for (const ::tconv::WinogradDim &dim : winograd.plan.dims) {
    sizes.push_back(dim.outputs);
    count *= dim.outputs;
  }
  TileOutputs outputs = locateOutputs(b, winograd, tile, block);
  b.loop(b.index(0), b.index(count), 1, [&](Value output) {
    SmallVector<Value> numbers = digits(output, sizes);
    Value position = outputs.position, exists;
    for (auto [number, first, dim, size, stride] :
         llvm::zip_equal(numbers, outputs.first, layer.geometry.dims, layer.outputs,
                         winograd.outputStrides(b))) {
      Value distance = b.mul(number, dim.attributes.stride);
      Value fits = isInside(b, b.add(first, distance), size);
      exists = exists ? b.createOrFold<arith::AndIOp>(exists, fits) : fits;
      position = b.add(position, b.mul(distance, stride));
    }
    b.ifThen(exists, [&] { emitOutput(numbers, position); });
  });
}

void DirectTile::emitOutput(ArrayRef<Value> numbers, Value position) {
  const int64_t lanes = layer.schedule.vectorLength, whole = block.lanes.lanes / lanes * lanes;
  auto emitLanes = [&](Value lane, int64_t count) {
    Value sums = layer.bias ? b.load(layer.sums(), layer.bias, b.add(block.lanes.bias, lane))
                            : b.zero(layer.sums());
    sums = b.loop(b.index(0), b.index(block.phases.taps()), 1, sums,
                  [&](Value tap, ValueRange carried) -> SmallVector<Value> {
                    return {emitTap(numbers, tap, lane, carried.front())};
                  })
               .front();
    emitStore(b, layer, sums, b.add(position, lane), b.add(block.lanes.bias, lane), count);
  };
  if (whole > 0)
    b.loop(b.index(0), b.index(whole), lanes, [&](Value lane) { emitLanes(lane, lanes); });
  if (whole < block.lanes.lanes)
    emitLanes(b.index(whole), block.lanes.lanes - whole);
}

/// Adds what a tap reads, if that is in x.
Value DirectTile::emitTap(ArrayRef<Value> numbers, Value tap, Value lane, Value sums) {
  Value x = b.add(b.mul(tile.image, b.mul(layer.xPlane, layer.xChannels())),
                  b.mul(group, winograd.inputChannels()));
  Value exists;
  std::vector<int64_t> sizes = block.phases.tapSizes();
  for (auto [number, index, position, taps, size, stride] :
       llvm::zip_equal(numbers, digits(tap, sizes), tile.positions, sizes, layer.inputs,
                       winograd.inputStrides(b))) {
    Value at = b.add(b.add(b.add(position, number), index), 1 - taps);
    Value fits = isInside(b, at, size);
    exists = exists ? b.createOrFold<arith::AndIOp>(exists, fits) : fits;
    x = b.add(x, b.mul(at, stride));
  }
  return b.ifThenElse(
      exists, layer.sums(), [&] { return emitChannels(x, tap, lane, sums); }, [&] { return sums; });
}

Value DirectTile::emitChannels(Value x, Value tap, Value lane, Value sums) {
  const int64_t row = block.lanes.vectors * layer.schedule.vectorLength;
  Value step = b.mul(b.add(block.phase.firstTap, tap), winograd.inputChannels());
  Value filter = b.add(b.add(block.lanes.filter, b.mul(step, row)), lane);
  return b
      .loop(b.index(0), b.index(winograd.inputChannels()), 1, sums,
            [&](Value channel, ValueRange carried) -> SmallVector<Value> {
              Value input = dot.broadcastInput(b, b.add(x, channel));
              Value w = dot.loadFilter(b, b.add(filter, b.mul(channel, row)));
              return {dot.multiplyAdd(b, input, w, carried.front())};
            })
      .front();
}

} // namespace

void mlir::tconv::emitDirectTile(Emitter &b, const WinogradLayer &winograd, const PhaseBlock &block,
                                 const TileLocation &tile, Value group) {
  DirectTile(b, winograd, block, tile, group).emit();
}
