//===- WidthTile.cpp - A tile of neighbouring positions -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tile holds, for some output channels, some vectors of neighbouring positions p, and each
// residue r of the stride s, the sums of the outputs s*p + r. A tap of the innermost dimension adds
// to one residue, from x at p plus its shift: a broadcast number of w times a vector of x,
// which neighbouring taps of the same shift share. When all rows of x and all input channels are
// added, the residues' vectors are interleaved into s vectors of y.
//
// Test: test/Transforms/Cpu/lower-kernels.mlir, test/Execution/kernels.py
//
//===----------------------------------------------------------------------===//

#include "WidthTile.h"

#include "Chains.h"
#include "Epilogue.h"
#include "Transpose.h"

using namespace mlir;
using namespace mlir::tconv;

WidthTile::Sums WidthTile::startSums(Emitter &b, const PlacedRow &row, Value channel) {
  Sums sums;
  for (int64_t index = 0; index < channels; ++index) {
    Value start = b.zero(layer.sums());
    if (layer.bias)
      start = vector::BroadcastOp::create(
          b, layer.sums(), b.load(layer.bias, b.add(b.add(row.bias, channel), index)));
    sums.append(stride() * vectors, start);
  }
  return sums;
}

/// One input channel of one row of x. Neighbouring taps share what they read of x.
void WidthTile::addTaps(Emitter &b, Value rows, Value x, Value filter,
                        MutableArrayRef<Value> sums) {
  SmallVector<Value> inputs;
  for (size_t index = 0; index < plan.taps.size(); ++index) {
    const ::tconv::WidthPlan::Tap &tap = plan.taps[index];
    if (index == 0 || tap.shift != plan.taps[index - 1].shift) {
      inputs.clear();
      for (int64_t vector = 0; vector < vectors; ++vector)
        inputs.push_back(
            b.load(layer.sums(), rows,
                   b.add(x, plan.front + tap.shift + vector * layer.schedule.vectorLength)));
    }
    for (int64_t channel = 0; channel < channels; ++channel) {
      Value element =
          b.load(layer.filter, b.add(filter, tap.kernel * layer.packing.outputChannels + channel));
      Value w = vector::BroadcastOp::create(b, layer.sums(), element);
      for (int64_t vector = 0; vector < vectors; ++vector) {
        Value &sum = sums[number(channel, tap.residue, vector)];
        sum = vector::FMAOp::create(b, inputs[vector], w, sum);
      }
    }
  }
}

void WidthTile::store(Emitter &b, const PlacedRow &row, Value y, Value channel, int64_t outputs,
                      const Sums &sums) {
  const int64_t lanes = layer.schedule.vectorLength * stride();
  for (int64_t index = 0; index < channels; ++index) {
    Value first = b.add(y, b.mul(b.add(channel, index), layer.yPlane));
    for (int64_t vector = 0; vector < vectors; ++vector) {
      SmallVector<Value> residues;
      for (int64_t residue = 0; residue < stride(); ++residue)
        residues.push_back(sums[number(index, residue, vector)]);
      const int64_t end = std::min(lanes, outputs - vector * lanes);
      if (end <= 0)
        continue;
      Value all = interleaveLanes(b, residues);
      SumPlace place{b.add(first, vector * lanes), b.add(b.add(row.bias, channel), index)};
      if (end < lanes && layer.readsElements())
        place.mask = firstLanes(b, cast<VectorType>(all.getType()), end);
      storeLanes(b, emitEpilogue(b, layer, all, place), layer.y, place.y, 0, end);
    }
  }
}

/// All input channels of one row of x, in chains if the sums are few.
WidthTile::Sums WidthTile::addInputs(Emitter &b, Value rows, Value x, Value filter,
                                     ValueRange sums) {
  const int64_t inputs = layer.packing.stepsPerTap;
  const int64_t chains = static_cast<int64_t>(sums.size() / numSums());
  auto addSome = [&](int64_t count) {
    return [&, count](Value input, ValueRange carried) {
      Sums next(carried);
      for (int64_t part = 0; part < count; ++part)
        addTaps(b, rows, b.add(x, b.mul(b.add(input, part), plan.rowElements)),
                b.add(filter, b.mul(b.add(input, part), layer.packing.lanes)),
                MutableArrayRef(next).slice(part * numSums(), numSums()));
      return next;
    };
  };
  const int64_t whole = inputs / chains * chains;
  Sums next = b.loop(b.index(0), b.index(whole), chains, sums, addSome(chains));
  return whole == inputs ? next : b.loop(b.index(whole), b.index(inputs), 1, next, addSome(1));
}

void WidthTile::emit(Emitter &b, const PlacedRow &row, Value channel, Value position,
                     int64_t outputs) {
  constexpr int64_t mostChains = 4; // each repeats the code of a step
  const int64_t inputs = layer.packing.stepsPerTap;
  const int64_t chains = numChains(numSums(), std::min(inputs, mostChains));
  Sums start = startSums(b, row, channel);
  start.resize(numSums() * chains, b.zero(layer.sums()));
  Sums sums =
      b.loop(row.segmentBegin, row.segmentEnd, 1, start, [&](Value number, ValueRange carried) {
        SegmentEntry segment = tables.loadSegment(b, number);
        Value x = b.add(position, b.mul(segment.x, inputs * plan.rowElements));
        Value filter = b.add(b.add(row.filter, channel), b.mul(segment.step, layer.packing.lanes));
        return addInputs(b, row.rows, x, filter, carried);
      });
  store(b, row, b.add(row.y, b.mul(position, stride())), channel, outputs,
        addChains(b, sums, chains));
}
