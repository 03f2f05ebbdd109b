//===- SumPosition.cpp - Where a kernel is in its sums --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SumPosition.h"

using namespace mlir;
using namespace mlir::tconv;

SumPosition SumPosition::at(KernelBuilder &b, const GpuLayer &layer, const PhaseValues &phase,
                            Value step) {
  SumPosition position;
  position.channel = b.mul(b.rem(step, layer.stepsPerTap()), layer.schedule.blockK);
  position.taps.resize(layer.rank());
  Value tap = b.div(step, layer.stepsPerTap());
  for (size_t dim = layer.rank(); dim-- > 0;) {
    // A phase without taps has no steps, but must not divide by zero.
    Value taps = b.createOrFold<arith::MaxUIOp>(phase.dims[dim].taps, b.i32(1));
    Value inDim = dim == 0 ? tap : b.rem(tap, taps);
    position.taps[dim] = b.mul(inDim, layer.geometry.dims[dim].attributes.inputStep());
    tap = b.div(tap, taps);
  }
  return position;
}

SumPosition SumPosition::next(KernelBuilder &b, const GpuLayer &layer,
                              const PhaseValues &phase) const {
  SumPosition position = *this;
  Value carry;
  if (layer.stepsPerTap() > 1) {
    position.channel = b.add(channel, layer.schedule.blockK);
    carry = b.atLeast(position.channel, b.i32(layer.inputChannels()));
    position.channel = b.select(carry, b.i32(0), position.channel);
  }
  for (size_t dim = layer.rank(); dim-- > 0;) {
    const int64_t step = layer.geometry.dims[dim].attributes.inputStep();
    Value advanced = b.add(taps[dim], step);
    Value done = b.atLeast(advanced, b.mul(phase.dims[dim].taps, step));
    Value wrapped = dim == 0 ? advanced : b.select(done, b.i32(0), advanced);
    position.taps[dim] = carry ? b.select(carry, wrapped, taps[dim]) : wrapped;
    carry = carry ? b.both(carry, done) : done;
  }
  return position;
}

SmallVector<Value> SumPosition::pack() const {
  SmallVector<Value> values(taps);
  values.push_back(channel);
  return values;
}

SumPosition SumPosition::unpack(ValueRange values) {
  return {values.back(), SmallVector<Value>(values.drop_back())};
}
