//===- FoldConstantFilters.cpp - Constant filters in the layer's layout ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %w = arith.constant dense<...> : tensor<4x4x1x3xf32>
//   %f = linalg.transpose ins(%w : ...) outs(...) permutation = [2, 3, 0, 1]
//   %y = tconv.conv_transpose %x, %f ...
//
// becomes
//
//   %f = arith.constant dense<...> : tensor<1x3x4x4xf32>
//   %y = tconv.conv_transpose %x, %f ...
//
// Test: test/Transforms/Raise/fold-constant-filters.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "ConstantElements.h"
#include "TracedTensor.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_FOLDCONSTANTFILTERSPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// A loop over the elements of a factor.
struct FactorLoop {
  int64_t size;
  int64_t step; // in the constant, in bytes
};

/// Copies elements in the order of nested loops, outermost first.
void copyElements(ArrayRef<FactorLoop> loops, const char *source, int64_t bytes, char *&target) {
  if (loops.empty()) {
    std::memcpy(target, source, bytes);
    target += bytes;
    return;
  }
  for (int64_t number = 0; number < loops.front().size; ++number)
    copyElements(loops.drop_front(), source + number * loops.front().step, bytes, target);
}

/// The constant that a traced tensor is, if its base is one; null otherwise.
DenseElementsAttr evaluate(const TracedTensor &traced, RankedTensorType type) {
  Attribute constant;
  const unsigned bits = type.getElementType().isIntOrFloat() ? type.getElementTypeBitWidth() : 0;
  if (!type.hasStaticShape() || bits == 0 || bits % 8 != 0 ||
      !matchPattern(traced.base, m_Constant(&constant)))
    return nullptr;
  if (auto splat = dyn_cast<SplatElementsAttr>(constant))
    return splat.resizeSplat(type);
  const int64_t bytes = bits / 8;
  ArrayRef<char> elements = getRawElements(constant);
  if (static_cast<int64_t>(elements.size()) != type.getNumElements() * bytes)
    return nullptr;
  SmallVector<int64_t> steps(traced.factors.size());
  int64_t step = bytes, first = 0;
  for (unsigned number : llvm::reverse(traced.order)) {
    const Factor &factor = traced.factors[number];
    steps[number] = factor.reversed ? -step : step;
    first += factor.reversed ? (factor.size - 1) * step : 0;
    step *= factor.size;
  }
  SmallVector<FactorLoop> loops;
  for (const TracedDim &dim : traced.dims)
    for (unsigned number : dim.factors)
      loops.push_back({traced.factors[number].size, steps[number]});
  std::vector<char> moved(elements.size());
  char *next = moved.data();
  copyElements(loops, elements.data() + first, bytes, next);
  return DenseElementsAttr::getFromRawBuffer(type, moved);
}

void fold(OpBuilder &builder, OpOperand &operand) {
  Value value = operand.get();
  if (!value.getDefiningOp() || matchPattern(value, m_Constant()))
    return;
  TracedTensor traced = TracedTensor::trace(value);
  if (traced.base == value ||
      !llvm::all_of(traced.dims, [](const TracedDim &dim) { return dim.whole; }))
    return;
  DenseElementsAttr folded = evaluate(traced, cast<RankedTensorType>(value.getType()));
  if (folded)
    operand.set(arith::ConstantOp::create(builder, value.getLoc(), folded));
}

struct FoldConstantFiltersPass
    : mlir::tconv::impl::FoldConstantFiltersPassBase<FoldConstantFiltersPass> {
  void runOnOperation() override {
    getOperation()->walk([](ConvTransposeOp op) {
      OpBuilder builder(op);
      fold(builder, op.getFilterMutable());
      for (OpOperand &bias : op.getBiasMutable())
        fold(builder, bias);
    });
  }
};

} // namespace
