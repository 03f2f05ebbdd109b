//===- DepthwiseKernel.cpp - A thread for each element of y ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DepthwiseKernel.h"

#include "PixelPosition.h"
#include "ScalarEpilogue.h"
#include "SumPosition.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Blocks of the longest phase. The blocks of all phases alternate.
int64_t blocksOfPhase(const GpuLayer &layer) {
  const int64_t elements =
      layer.phases.mostPixels() * layer.geometry.batch * layer.geometry.outputChannels;
  return llvm::divideCeil(elements, layer.schedule.threads());
}

class DepthwiseKernel {
public:
  DepthwiseKernel(KernelBuilder &b, const GpuLayer &layer, Block &body)
      : b(b), layer(layer), x(body.getArgument(0)), filter(body.getArgument(1)),
        bias(body.getNumArguments() == 4 ? body.getArgument(2) : Value()),
        y(body.getArguments().back()) {}

  void emit(gpu::GPUModuleOp module);

private:
  /// An output pixel of the phase, in the whole batch, and an output channel.
  struct Element {
    Value pixel, channel;
  };
  Element decode(Value number) const;
  Value emitSum(const Element &element);
  Value emitProduct(const Element &element, ArrayRef<Value> coords, Value first,
                    const SumPosition &position, Value tap, Value sum);

  KernelBuilder &b;
  const GpuLayer &layer;
  Value x, filter, bias, y;
  PhaseValues phase;
};

DepthwiseKernel::Element DepthwiseKernel::decode(Value number) const {
  const int64_t channels = layer.geometry.outputChannels;
  if (layer.channelsLast)
    return {b.div(number, channels), b.rem(number, channels)};
  Value pixels = b.div(phase.pixels, layer.geometry.batch);
  Value plane = b.div(number, pixels);
  return {b.add(b.mul(b.div(plane, channels), pixels), b.rem(number, pixels)),
          b.rem(plane, channels)};
}

/// The sum and the product of a tap, which is zero outside of x.
Value DepthwiseKernel::emitProduct(const Element &element, ArrayRef<Value> coords, Value first,
                                   const SumPosition &position, Value tap, Value sum) {
  Value inside, index = first;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    Value ok = b.below(b.add(coords[dim], position.taps[dim]), layer.geometry.dims[dim].input);
    inside = inside ? b.both(inside, ok) : ok;
    index = b.add(index, b.mul(position.taps[dim], layer.x.dims[dim]));
  }
  auto load = [&](Value buffer, Value place) {
    return b.load(layer.element, b.at(buffer, layer.element, place), layer.elementBytes());
  };
  Value factor =
      b.select(inside, load(x, b.select(inside, index, b.i32(0))), b.zero(layer.element));
  Value row = b.mul(b.add(phase.firstTap, tap), layer.geometry.outputChannels);
  factor = b.widen(factor, layer.sum);
  Value other = b.widen(load(filter, b.add(row, element.channel)), layer.sum);
  if (isa<FloatType>(layer.sum))
    return LLVM::FMAOp::create(b, factor, other, sum);
  return b.add(b.mul(factor, other), sum);
}

Value DepthwiseKernel::emitSum(const Element &element) {
  PixelPosition pixel = PixelPosition::decode(b, layer, phase, element.pixel);
  Value channel = b.div(element.channel, layer.outputChannels());
  Value first = b.add(b.mul(pixel.image, layer.x.batch), b.mul(channel, layer.x.channel));
  SmallVector<Value> coords;
  for (size_t dim = 0; dim < layer.rank(); ++dim) {
    coords.push_back(b.add(pixel.dims[dim], phase.dims[dim].firstInput));
    first = b.add(first, b.mul(coords.back(), layer.x.dims[dim]));
  }
  const NeededTaps taps = NeededTaps::all(b, phase);
  SmallVector<Value> carried = SumPosition::at(b, layer, phase, taps, b.i32(0)).pack();
  carried.push_back(b.zero(layer.sum));
  return b
      .loop(b.i32(0), phase.taps, 1, carried,
            [&](Value tap, ValueRange values) {
              auto position = SumPosition::unpack(values.drop_back());
              SmallVector<Value> next = position.next(b, layer, taps).pack();
              next.push_back(emitProduct(element, coords, first, position, tap, values.back()));
              return next;
            })
      .back();
}

void DepthwiseKernel::emit(gpu::GPUModuleOp module) {
  const auto phases = static_cast<int64_t>(layer.phases.phases.size());
  Value block = b.blockIndexX();
  phase = loadPhase(b, module, layer, b.rem(block, phases));
  Value number = b.add(b.mul(b.div(block, phases), layer.schedule.threads()), b.threadIndex());
  Value elements = b.mul(phase.pixels, layer.geometry.outputChannels);
  b.ifThen(b.below(number, elements), [&] {
    Element element = decode(number);
    Value sum = emitSum(element);
    const int64_t bytes = layer.result.getIntOrFloatBitWidth() / 8;
    Value added;
    if (bias)
      added = b.load(layer.result, b.at(bias, layer.result, element.channel), bytes);
    Value result = emitScalarEpilogue(b, layer.op, sum, added);
    Value place = b.add(locateOutput(b, layer, phase, element.pixel),
                        b.mul(element.channel, layer.y.channel));
    b.store(result, b.at(y, layer.result, place), bytes);
  });
}

} // namespace

void mlir::tconv::emitDepthwiseKernel(KernelBuilder &b, KernelModule &kernels,
                                      const GpuLayer &layer) {
  KernelOp op = layer.op;
  SmallVector<Value> buffers{op.getInput(), op.getFilter()};
  if (op.getBias())
    buffers.push_back(op.getBias());
  buffers.push_back(op.getInit());
  const int64_t threads = layer.schedule.threads();
  auto kernel = kernels.createKernel(op, "kernel", buffers.size(), threads);
  Block &body = kernel.getBody().front();
  {
    KernelBuilder inner(op.getLoc(), body.getTerminator());
    DepthwiseKernel(inner, layer, body).emit(kernels.get());
  }
  const auto phases = static_cast<int64_t>(layer.phases.phases.size());
  createLaunch(b, kernel, {blocksOfPhase(layer) * phases, 1, threads, 0}, buffers);
}
