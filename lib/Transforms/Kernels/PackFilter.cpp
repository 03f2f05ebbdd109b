//===- PackFilter.cpp - Packing of a filter at run time -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PackFilter.h"

#include "Tables.h"

#include "mlir/IR/SymbolTable.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

class FilterPacker {
public:
  FilterPacker(Emitter &b, SymbolTable &symbols, PackFilterOp op)
      : b(b), packing(op.getPacking()), source(b.flatten(op.getFilter())), packed(op.getInit()) {
    type = cast<MemRefType>(packed.getType()).getElementType();
    SmallVector<int32_t> order(packing.tapOrder.begin(), packing.tapOrder.end());
    taps = createTable(b, symbols, "tconv_taps", order);
  }

  void emit() {
    b.parallel(packing.groups * packing.numBlocks(), [&](Value task) {
      Value group = b.div(task, packing.numBlocks()), block = b.rem(task, packing.numBlocks());
      if (packing.fullBlocks > 0)
        b.ifThen(b.less(block, b.index(packing.fullBlocks)),
                 [&] { emitBlock(group, block, packing.blockLanes); });
      if (packing.lastBlockLanes > 0)
        b.ifThen(b.less(b.index(packing.fullBlocks - 1), block),
                 [&] { emitBlock(group, block, packing.lastBlockLanes); });
    });
  }

private:
  void emitBlock(Value group, Value block, int64_t lanes) {
    const int64_t perStep = packing.channelsPerStep, stepElements = lanes * perStep;
    Value firstLane = b.mul(block, packing.blockLanes);
    Value first =
        b.add(b.mul(group, packing.groupElements()), b.mul(firstLane, packing.steps() * perStep));
    b.loop(b.index(0), b.index(packing.tapOrder.size()), 1, [&](Value tap) {
      Value kernel = b.loadEntry(taps, tap, 1, 0);
      b.loop(b.index(0), b.index(packing.stepsPerTap), 1, [&](Value step) {
        Value position = b.add(b.mul(tap, packing.stepsPerTap), step);
        Value to = b.add(first, b.mul(position, stepElements));
        b.loop(b.index(0), b.index(lanes), 1, [&](Value lane) {
          for (int64_t part = 0; part < perStep; ++part) {
            Value channel = b.add(b.mul(step, perStep), part);
            Value element = emitElement(group, kernel, channel, b.add(firstLane, lane));
            b.store(element, packed, b.add(b.add(to, b.mul(lane, perStep)), part));
          }
        });
      });
    });
  }

  /// An element of the filter, or zero for a lane or a channel that does not exist.
  Value emitElement(Value group, Value kernel, Value channel, Value lane) {
    Value exists = arith::AndIOp::create(b, b.less(channel, b.index(packing.inputChannels)),
                                         b.less(lane, b.index(packing.lanes)));
    auto branch = scf::IfOp::create(b, TypeRange{type}, exists, /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(branch.thenBlock());
    Value row = b.add(b.mul(group, packing.inputChannels), channel);
    Value column = b.add(b.mul(row, packing.outputChannels), b.rem(lane, packing.outputChannels));
    Value position = b.add(b.add(b.mul(column, packing.kernelElements), kernel),
                           b.div(lane, packing.outputChannels));
    scf::YieldOp::create(b, convert(b.load(source, position)));
    b.setInsertionPointToStart(branch.elseBlock());
    scf::YieldOp::create(b, b.zero(type));
    return branch.getResult(0);
  }

  Value convert(Value element) {
    if (element.getType() == type)
      return element;
    if (isa<FloatType>(type))
      return arith::ExtFOp::create(b, type, element);
    return arith::ExtSIOp::create(b, type, element);
  }

  Emitter &b;
  ::tconv::FilterPacking packing;
  Value source, packed, taps;
  Type type;
};

} // namespace

void mlir::tconv::emitPackFilter(Emitter &b, SymbolTable &symbols, PackFilterOp op) {
  FilterPacker(b, symbols, op).emit();
}
