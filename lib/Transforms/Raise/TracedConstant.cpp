//===- TracedConstant.cpp - Constants that ops have moved --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A traced tensor is its base with dimensions that are split, reordered, reversed and joined:
// nested loops over the factors, outermost first, each with a step in the base, negative if
// reversed, read the elements in their new order.
//
//===----------------------------------------------------------------------===//

#include "ConstantElements.h"
#include "TracedTensor.h"

#include "mlir/IR/Matchers.h"

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

} // namespace

DenseElementsAttr mlir::tconv::readConstant(const TracedTensor &traced, RankedTensorType type) {
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
