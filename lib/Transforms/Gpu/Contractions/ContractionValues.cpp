//===- ContractionValues.cpp - Sizes and strides of a contraction ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ContractionValues.h"

#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace mlir;
using namespace mlir::tconv;

static Value asValue(Emitter &emitter, OpFoldResult value) {
  return getValueOrCreateConstantIndexOp(emitter, emitter.getLoc(), value);
}

SmallVector<Value> mlir::tconv::delinearize(Emitter &emitter, Value number, ValueRange sizes) {
  SmallVector<Value> digits(sizes.size());
  size_t first = 0;
  while (first < sizes.size() && isConstantIntValue(sizes[first], 1))
    digits[first++] = emitter.index(0);
  for (size_t place = sizes.size(); place-- > first;) {
    if (isConstantIntValue(sizes[place], 1)) {
      digits[place] = emitter.index(0);
      continue;
    }
    digits[place] = place == first ? number : emitter.rem(number, sizes[place]);
    if (place != first)
      number = emitter.div(number, sizes[place]);
  }
  return digits;
}

Value OperandValues::advance(Emitter &emitter, Value position, ArrayRef<unsigned> loops,
                             ValueRange indices) const {
  for (auto [loop, index] : llvm::zip_equal(loops, indices))
    if (steps[loop])
      position = emitter.add(position, emitter.mul(index, steps[loop]));
  return position;
}

/// The elements from the first to the last of a strided buffer.
static Value emitExtent(Emitter &emitter, ArrayRef<Value> sizes, ArrayRef<Value> strides) {
  Value last = emitter.index(0);
  for (auto [size, stride] : llvm::zip_equal(sizes, strides))
    last = emitter.add(last, emitter.mul(emitter.sub(size, emitter.index(1)), stride));
  return emitter.add(last, 1);
}

static OperandValues emitOperand(Emitter &emitter, const LinearAccess &access, size_t numLoops) {
  auto metadata = memref::ExtractStridedMetadataOp::create(emitter, access.buffer);
  auto toValues = [&](ArrayRef<OpFoldResult> values) {
    return llvm::map_to_vector(values, [&](OpFoldResult v) { return asValue(emitter, v); });
  };
  SmallVector<Value> sizes = toValues(metadata.getConstifiedMixedSizes());
  SmallVector<Value> strides = toValues(metadata.getConstifiedMixedStrides());
  OpFoldResult extent = getAsOpFoldResult(emitExtent(emitter, sizes, strides));
  OpFoldResult one = emitter.getIndexAttr(1);
  OperandValues operand;
  operand.memory = memref::ReinterpretCastOp::create(
      emitter, metadata.getBaseBuffer(), metadata.getConstifiedMixedOffset(), extent, one);
  operand.start = emitter.index(0);
  operand.steps.resize(numLoops);
  for (auto [dim, stride] : llvm::enumerate(strides)) {
    operand.start = emitter.add(operand.start, emitter.mul(stride, access.constant(dim)));
    for (size_t loop = 0; loop < numLoops; ++loop) {
      const int64_t factor = access.coefficients[dim][loop];
      if (factor == 0)
        continue;
      Value step = emitter.mul(stride, factor);
      Value &sum = operand.steps[loop];
      sum = sum ? emitter.add(sum, step) : step;
    }
  }
  return operand;
}

ContractionValues::ContractionValues(Emitter &emitter, const Contraction &contraction)
    : contraction(contraction) {
  linalg::LinalgOp op = contraction.op;
  for (const Range &range : op.createLoopRanges(emitter, emitter.getLoc()))
    sizes.push_back(asValue(emitter, range.size));
  left = emitOperand(emitter, contraction.left, sizes.size());
  right = emitOperand(emitter, contraction.right, sizes.size());
  result = emitOperand(emitter, contraction.result, sizes.size());
}

Value ContractionValues::count(Emitter &emitter, LoopKind kind) const {
  Value count = emitter.index(1);
  for (unsigned loop : contraction.loops(kind))
    count = emitter.mul(count, sizes[loop]);
  return count;
}

SmallVector<Value> ContractionValues::delinearize(Emitter &emitter, LoopKind kind,
                                                  Value iteration) const {
  SmallVector<Value> kindSizes;
  for (unsigned loop : contraction.loops(kind))
    kindSizes.push_back(sizes[loop]);
  return tconv::delinearize(emitter, iteration, kindSizes);
}
