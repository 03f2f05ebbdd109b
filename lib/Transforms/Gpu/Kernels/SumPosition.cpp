//===- SumPosition.cpp - Where a kernel is in its sums --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The first step is found by divisions, and each next one by carrying from the channels to the
// innermost tap and on outwards, with selections in place of branches: a counter with digits of
// different bases, of which those of taps may begin and end within their range.
//
//===----------------------------------------------------------------------===//

#include "SumPosition.h"

using namespace mlir;
using namespace mlir::tconv;

SumPosition SumPosition::at(KernelBuilder &b, const GpuKernelLayer &layer, const PhaseValues &phase,
                            const NeededTaps &needed, Value step) {
  SumPosition position;
  Value stepOfTap = b.rem(step, layer.stepsPerTap());
  position.channel = b.mul(stepOfTap, layer.schedule.blockK);
  position.taps.resize(layer.rank());
  Value rest = b.div(step, layer.stepsPerTap()), inner = b.i32(1), number = b.i32(0);
  for (size_t dim = layer.rank(); dim-- > 0;) {
    // A block without taps has no steps, but must not divide by zero.
    const NeededTaps::Range &range = needed.dims[dim];
    Value size = b.maxUnsigned(b.sub(range.end, range.begin), b.i32(1));
    Value tap = b.add(range.begin, dim == 0 ? rest : b.rem(rest, size));
    position.taps[dim] = b.mul(tap, layer.problem.geometry.dims[dim].attributes.inputStep());
    number = b.add(number, b.mul(tap, inner));
    inner = b.mul(inner, phase.dims[dim].taps);
    rest = b.div(rest, size);
  }
  position.filter = b.add(b.mul(number, layer.stepsPerTap()), stepOfTap);
  return position;
}

SumPosition SumPosition::next(KernelBuilder &b, const GpuKernelLayer &layer,
                              const NeededTaps &needed) const {
  SumPosition position = *this;
  position.filter = b.add(filter, 1);
  Value carry;
  if (layer.stepsPerTap() > 1) {
    position.channel = b.add(channel, layer.schedule.blockK);
    carry = b.atLeast(position.channel, b.i32(layer.inputChannels()));
    position.channel = b.select(carry, b.i32(0), position.channel);
  }
  for (size_t dim = layer.rank(); dim-- > 0;) {
    const int64_t step = layer.problem.geometry.dims[dim].attributes.inputStep();
    const NeededTaps::Range &range = needed.dims[dim];
    Value advanced = b.add(taps[dim], step);
    Value done = b.atLeast(advanced, b.mul(range.end, step));
    Value wrapped = dim == 0 ? advanced : b.select(done, b.mul(range.begin, step), advanced);
    position.taps[dim] = carry ? b.select(carry, wrapped, taps[dim]) : wrapped;
    carry = carry ? b.both(carry, done) : done;
    if (dim > 0 && layer.work.leavesOut[dim]) {
      Value skipped = b.mul(range.skipped, layer.stepsPerTap());
      position.filter = b.add(position.filter, b.select(carry, skipped, b.i32(0)));
    }
  }
  return position;
}

SmallVector<Value> SumPosition::pack() const {
  SmallVector<Value> values(taps);
  values.push_back(channel);
  values.push_back(filter);
  return values;
}

SumPosition SumPosition::unpack(ValueRange values) {
  const size_t rank = values.size() - 2;
  return {values[rank], SmallVector<Value>(values.take_front(rank)), values[rank + 1]};
}
