//===- FilterTransform.cpp - The packed filter, transformed ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

//
// A filter that was packed has the lanes of a tap next to each other: vectors of them are
// transformed in double precision, and rounded once, as PackConstant.cpp does it.
//
//===----------------------------------------------------------------------===//

#include "TransformEmitter.h"
#include "WinogradKernel.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Elements that one iteration of a parallel loop writes, more or less.
constexpr int64_t elementsPerTask = 1 << 16;

class FilterTransform {
public:
  FilterTransform(Emitter &b, SymbolTable &symbols, const ::tconv::FilterPacking &packing,
                  Value packed)
      : b(b), packing(packing), packed(packed), table(b, symbols, packing),
        type(VectorType::get(packing.vectorLength,
                             cast<MemRefType>(packed.getType()).getElementType())) {}

  void emit();

private:
  /// A lane block: where it begins in the filter and in the transformed one, and its lanes.
  struct Block {
    Value direct;
    Value transformed;
    Value lanes;
  };

  void emitPhase(const Block &block, const PhaseEntry &phase, Value channel);
  void emitLanes(const ::tconv::WinogradClass &phases, const Block &block, const PhaseEntry &phase,
                 Value channel, Value lane);

  Emitter &b;
  const ::tconv::FilterPacking &packing;
  Value packed;
  PhaseTable table;
  VectorType type;
};

void FilterTransform::emit() {
  const int64_t perChannel = packing.transformedRows * packing.blockLanes;
  const int64_t size = std::max<int64_t>(elementsPerTask / perChannel, 1);
  const int64_t parts = llvm::divideCeil(packing.inputChannels, size);
  const int64_t blocks = packing.numBlocks();
  b.parallel(packing.groups * blocks * parts, [&](Value task) {
    Value part = b.rem(task, parts), group = b.div(task, parts * blocks);
    Value number = b.rem(b.div(task, parts), blocks);
    Value firstLane = b.mul(number, packing.blockLanes);
    Block block;
    block.direct = b.add(b.mul(group, packing.groupElements()), b.mul(firstLane, packing.rows()));
    block.transformed =
        b.add(b.add(b.mul(group, packing.transformedGroupElements()), packing.directElements()),
              b.mul(firstLane, packing.transformedRows * packing.inputChannels));
    block.lanes =
        b.minSigned(b.sub(b.index(packing.paddedLanes()), firstLane), b.index(packing.blockLanes));
    Value begin = b.mul(part, size);
    Value end = b.minSigned(b.add(begin, size), b.index(packing.inputChannels));
    b.loop(b.index(0), b.index(table.size()), 1, [&](Value phase) {
      PhaseEntry entry = table.load(b, phase);
      b.loop(begin, end, 1, [&](Value channel) { emitPhase(block, entry, channel); });
    });
  });
}

void FilterTransform::emitPhase(const Block &block, const PhaseEntry &phase, Value channel) {
  auto cases = llvm::to_vector(llvm::seq<int64_t>(0, packing.transforms.size() - 1));
  b.indexSwitch(phase.classNumber, cases, [&](size_t index) {
    b.loop(b.index(0), block.lanes, packing.vectorLength,
           [&](Value lane) { emitLanes(packing.transforms[index], block, phase, channel, lane); });
  });
}

/// One vector of lanes of an input channel: all taps, and all products.
void FilterTransform::emitLanes(const ::tconv::WinogradClass &phases, const Block &block,
                                const PhaseEntry &phase, Value channel, Value lane) {
  auto position = [&](Value begin, Value row) {
    Value step = b.add(b.mul(row, packing.inputChannels), channel);
    return b.add(b.add(begin, b.mul(step, block.lanes)), lane);
  };
  SmallVector<Value> values;
  for (int64_t tap = 0; tap < phases.taps(); ++tap) {
    Value from = position(block.direct, b.add(phase.firstTap, tap));
    values.push_back(b.widen(b.load(type, packed, from), b.getF64Type()));
  }
  values = emitTransform(b, phases.transforms, &::tconv::CookToom::filter, values);
  for (auto [product, value] : llvm::enumerate(values)) {
    Value to = position(block.transformed, b.add(phase.firstRow, product));
    b.store(b.narrow(value, type.getElementType()), packed, to);
  }
}

} // namespace

void mlir::tconv::emitFilterTransform(Emitter &b, SymbolTable &symbols,
                                      const ::tconv::FilterPacking &packing, Value packed) {
  FilterTransform(b, symbols, packing, packed).emit();
}
