//===- DepthwiseKernel.cpp - A thread for neighbours in y -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Blocks of all phases alternate. A thread finds its pixel and channels from its number, loops
// over the taps of the phase, and adds the product of each; a tap that reads outside of x reads
// the first element and multiplies zero instead. Nothing is shared between threads.
//
//===----------------------------------------------------------------------===//

#include "DepthwiseKernel.h"

#include "PixelPosition.h"
#include "ScalarEpilogue.h"
#include "SumPosition.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

class DepthwiseKernel {
public:
  DepthwiseKernel(KernelBuilder &b, const GpuKernelLayer &layer, Block &body)
      : b(b), layer(layer), length(layer.schedule.blockN), x(body.getArgument(0)),
        filter(body.getArgument(1)), others(body.getArguments().drop_front(2).drop_back()),
        y(body.getArguments().back()) {}

  void emit(gpu::GPUModuleOp module);

private:
  /// An output pixel of the phase, in the whole batch, and the first of `length` channels.
  struct Elements {
    Value pixel, channel;
  };
  Elements decode(Value number) const;
  SmallVector<Value> emitSums(const Elements &elements);
  SmallVector<Value> emitProducts(const Elements &elements, ArrayRef<Value> coords, Value first,
                                  const SumPosition &position, Value tap, ValueRange sums);
  void store(const Elements &elements, ArrayRef<Value> sums);
  Value load(Value buffer, Type element, Value index, int64_t count) const;

  KernelBuilder &b;
  const GpuKernelLayer &layer;
  int64_t length; ///< channels of a thread, neighbours in memory
  Value x, filter;
  ValueRange others; ///< what the epilogue reads
  Value y;
  PhaseValues phase;
};

DepthwiseKernel::Elements DepthwiseKernel::decode(Value number) const {
  const int64_t channels = layer.problem.geometry.outputChannels / length;
  if (layer.problem.channelsLast())
    return {b.div(number, channels), b.mul(b.rem(number, channels), length)};
  Value pixels = b.div(phase.pixels, layer.problem.geometry.batch);
  Value plane = b.div(number, pixels);
  return {b.add(b.mul(b.div(plane, channels), pixels), b.rem(number, pixels)),
          b.rem(plane, channels)};
}

/// Neighbouring elements as a vector, in one access of at most 16 bytes.
Value DepthwiseKernel::load(Value buffer, Type element, Value index, int64_t count) const {
  const int64_t bytes = element.getIntOrFloatBitWidth() / 8 * count;
  return b.load(VectorType::get({count}, element), b.at(buffer, element, index), bytes);
}

/// The sums and the products of a tap, which are zero outside of x.
SmallVector<Value> DepthwiseKernel::emitProducts(const Elements &elements, ArrayRef<Value> coords,
                                                 Value first, const SumPosition &position,
                                                 Value tap, ValueRange sums) {
  Value inside, index = first;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    Value ok =
        b.below(b.add(coords[dim], position.taps[dim]), layer.problem.geometry.dims[dim].input);
    inside = inside ? b.both(inside, ok) : ok;
    index = b.add(index, b.mul(position.taps[dim], layer.x.dims[dim]));
  }
  // Several output channels may read the same one of x.
  const int64_t perInput = layer.outputChannels(), inputs = std::max<int64_t>(length / perInput, 1);
  Value factors = load(x, layer.element, b.select(inside, index, b.i32(0)), inputs);
  Value row = b.mul(b.add(phase.firstTap, tap), layer.problem.geometry.outputChannels);
  Value others = load(filter, layer.element, b.add(row, elements.channel), length);
  SmallVector<Value> results;
  for (int64_t lane = 0; lane < length; ++lane) {
    Value factor = b.extract(factors, inputs == 1 ? 0 : lane / perInput);
    factor = b.widen(b.select(inside, factor, b.zero(layer.element)), layer.sum);
    Value other = b.widen(b.extract(others, lane), layer.sum), sum = sums[lane];
    results.push_back(isa<FloatType>(layer.sum) ? Value(LLVM::FMAOp::create(b, factor, other, sum))
                                                : b.add(b.mul(factor, other), sum));
  }
  return results;
}

SmallVector<Value> DepthwiseKernel::emitSums(const Elements &elements) {
  PixelPosition pixel = PixelPosition::decode(b, layer, phase, elements.pixel);
  Value channel = b.div(elements.channel, layer.outputChannels());
  Value first = b.add(b.mul(pixel.image, layer.x.batch), b.mul(channel, layer.x.channel));
  SmallVector<Value> coords;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    coords.push_back(b.add(pixel.dims[dim], phase.dims[dim].firstInput));
    first = b.add(first, b.mul(coords.back(), layer.x.dims[dim]));
  }
  const NeededTaps taps = NeededTaps::all(b, phase);
  SmallVector<Value> carried = SumPosition::at(b, layer, phase, taps, b.i32(0)).pack();
  const size_t numPositions = carried.size();
  carried.append(length, b.zero(layer.sum));
  auto results = b.loop(b.i32(0), phase.taps, 1, carried, [&](Value tap, ValueRange values) {
    auto position = SumPosition::unpack(values.take_front(numPositions));
    SmallVector<Value> next = position.next(b, layer, taps).pack();
    llvm::append_range(next, emitProducts(elements, coords, first, position, tap,
                                          values.drop_front(numPositions)));
    return next;
  });
  return SmallVector<Value>(ArrayRef(results).drop_front(numPositions));
}

void DepthwiseKernel::store(const Elements &elements, ArrayRef<Value> sums) {
  Value place = b.add(locateOutput(b, layer, phase, elements.pixel),
                      b.mul(elements.channel, layer.y.channel));
  SmallVector<Value> results =
      emitScalarEpilogue(b, layer.op, sums, others, elements.channel, place);
  Value vector = b.poison(VectorType::get({length}, layer.result));
  for (auto [lane, result] : llvm::enumerate(results))
    vector = b.insert(result, vector, static_cast<int64_t>(lane));
  b.store(vector, b.at(y, layer.result, place), layer.result.getIntOrFloatBitWidth() / 8 * length);
}

void DepthwiseKernel::emit(gpu::GPUModuleOp module) {
  const int64_t phases = layer.blocks.phases;
  Value block = b.blockIndexX();
  phase = loadPhase(b, module, layer, b.rem(block, phases));
  Value number = b.add(b.mul(b.div(block, phases), layer.schedule.threads()), b.threadIndex());
  Value vectors = b.mul(phase.pixels, layer.problem.geometry.outputChannels / length);
  b.ifThen(b.below(number, vectors), [&] {
    const Elements elements = decode(number);
    store(elements, emitSums(elements));
  });
}

} // namespace

void mlir::tconv::emitDepthwiseKernel(KernelBuilder &b, KernelModule &kernels,
                                      const GpuKernelLayer &layer) {
  KernelOp op = layer.op;
  SmallVector<Value> buffers{op.getInput(), op.getFilter()};
  llvm::append_range(buffers, epilogueBuffers(op));
  buffers.push_back(op.getInit());
  const int64_t threads = layer.schedule.threads();
  auto kernel = kernels.createKernel(op, "kernel", buffers.size(), threads);
  Block &body = kernel.getBody().front();
  {
    KernelBuilder inner(op.getLoc(), body.getTerminator());
    DepthwiseKernel(inner, layer, body).emit(kernels.get());
  }
  createLaunch(b, kernel, {.blocks = layer.blocks.total(), .threads = threads}, buffers);
}
