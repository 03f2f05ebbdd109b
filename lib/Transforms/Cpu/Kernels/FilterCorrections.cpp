//===- FilterCorrections.cpp - What sums of unsigned bytes are corrected by ===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FilterCorrections.h"

#include "DotProducts.h"

using namespace mlir;
using namespace mlir::tconv;

Value mlir::tconv::packedBlockBegin(Emitter &b, const ::tconv::FilterPacking &packing, Value group,
                                    Value firstLane) {
  return b.add(b.mul(group, packing.groupElements()),
               b.mul(firstLane, packing.rows() * packing.channelsPerStep));
}

/// Sums what is packed of a block of so many lanes, tap by tap.
static void correctBlock(Emitter &b, const ::tconv::FilterPacking &packing, Value packed,
                         Value first, int64_t lanes, int64_t inputOffset) {
  const int64_t perStep = packing.channelsPerStep, stepElements = lanes * perStep;
  auto sums = VectorType::get(packing.vectorLength, b.getI32Type());
  auto factors = VectorType::get(packing.vectorLength * perStep, b.getI8Type());
  TypedAttr unsignedByte = b.getI8IntegerAttr(static_cast<int8_t>(inputOffset));
  Value offset = arith::ConstantOp::create(b, DenseElementsAttr::get(factors, unsignedByte));
  b.loop(b.index(0), b.index(packing.tapOrder.size()), 1, [&](Value tap) {
    b.loop(b.index(0), b.index(lanes), packing.vectorLength, [&](Value lane) {
      Value begin = b.add(first, b.mul(lane, perStep));
      Value row = b.mul(tap, packing.stepsPerTap);
      Value sum = b.loop(b.index(0), b.index(packing.stepsPerTap), 1, b.zero(sums),
                         [&](Value step, ValueRange carried) -> SmallVector<Value> {
                           Value position = b.add(begin, b.mul(b.add(row, step), stepElements));
                           return {emitPortableDotProduct(b, ::tconv::DotProduct::Int8Quads, offset,
                                                          b.load(factors, packed, position),
                                                          carried.front())};
                         })
                      .front();
      Value correction = arith::SubIOp::create(b, b.zero(sums), sum);
      Value position = b.add(begin, b.mul(b.add(tap, packing.steps()), stepElements));
      b.store(vector::BitCastOp::create(b, factors, correction), packed, position);
    });
  });
}

void mlir::tconv::emitCorrections(Emitter &b, const ::tconv::FilterPacking &packing, Value packed,
                                  int64_t inputOffset) {
  b.parallel(packing.groups * packing.numBlocks(), [&](Value task) {
    Value group = b.div(task, packing.numBlocks()), block = b.rem(task, packing.numBlocks());
    Value first = packedBlockBegin(b, packing, group, b.mul(block, packing.blockLanes));
    if (packing.fullBlocks > 0)
      b.ifThen(b.less(block, b.index(packing.fullBlocks)),
               [&] { correctBlock(b, packing, packed, first, packing.blockLanes, inputOffset); });
    if (packing.lastBlockLanes > 0)
      b.ifThen(b.less(b.index(packing.fullBlocks - 1), block), [&] {
        correctBlock(b, packing, packed, first, packing.lastBlockLanes, inputOffset);
      });
  });
}
