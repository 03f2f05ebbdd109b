//===- ConstantElements.cpp - Elements of computed constants --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ConstantElements.h"

#include "ChainDepth.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

#include <cmath>

using namespace mlir;
using namespace mlir::tconv;

using llvm::SmallBitVector;

namespace {

bool isElementwiseOnTensors(Operation *op) {
  return op->getNumResults() == 1 && isa<RankedTensorType>(op->getResult(0).getType()) &&
         OpTrait::hasElementwiseMappableTraits(op);
}

/// Dimensions of more than one element: along others nothing differs.
SmallBitVector longDims(Value tensor) {
  SmallBitVector dims;
  for (int64_t size : cast<RankedTensorType>(tensor.getType()).getShape())
    dims.push_back(size != 1);
  return dims;
}

/// What a reshape makes of dimensions: those that meet one of them in its group.
SmallBitVector reshapeDims(const SmallBitVector &dims, ArrayRef<ReassociationIndices> groups,
                           bool expands, Value result) {
  SmallBitVector reshaped(cast<RankedTensorType>(result.getType()).getRank());
  for (auto [single, group] : llvm::enumerate(groups))
    for (int64_t dim : group) {
      if (expands && dims[single])
        reshaped.set(dim);
      if (!expands && dims[dim])
        reshaped.set(single);
    }
  return reshaped &= longDims(result);
}

/// The position in a reshape's source.
SmallVector<int64_t> reshapePosition(ArrayRef<int64_t> position,
                                     ArrayRef<ReassociationIndices> groups, bool expands,
                                     ArrayRef<int64_t> expandedShape) {
  SmallVector<int64_t> source;
  for (auto [single, group] : llvm::enumerate(groups)) {
    int64_t linear = expands ? 0 : position[single];
    for (int64_t dim : group)
      linear = expands ? linear * expandedShape[dim] + position[dim] : linear;
    if (expands) {
      source.push_back(linear);
      continue;
    }
    source.append(group.size(), 0);
    for (size_t inner = group.size(); inner-- > 0; linear /= expandedShape[group[inner]])
      source[source.size() - group.size() + inner] = linear % expandedShape[group[inner]];
  }
  return source;
}

/// A number of whole bytes as they lie in memory.
Attribute numberOf(Type type, const char *bytes) {
  const unsigned bits = type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 0;
  if (bits == 0 || bits % 8 != 0 || bits > 64)
    return nullptr;
  uint64_t word = 0;
  std::memcpy(&word, bytes, bits / 8);
  const APInt number(bits, word);
  if (auto floating = dyn_cast<FloatType>(type))
    return FloatAttr::get(type, APFloat(floating.getFloatSemantics(), number));
  return IntegerAttr::get(type, number);
}

Attribute elementOf(ElementsAttr elements, ArrayRef<int64_t> position) {
  int64_t index = 0;
  for (auto [size, at] : llvm::zip_equal(elements.getShapedType().getShape(), position))
    index = index * size + at;
  if (auto dense = dyn_cast<DenseElementsAttr>(elements))
    return dense.isSplat() ? dense.getSplatValue<Attribute>() : dense.getValues<Attribute>()[index];
  Type type = elements.getElementType();
  ArrayRef<char> bytes = getRawElements(elements);
  const int64_t size = type.isIntOrFloat() ? type.getIntOrFloatBitWidth() / 8 : 0;
  if (static_cast<int64_t>(bytes.size()) != size * elements.getNumElements())
    return nullptr;
  return numberOf(type, bytes.data() + index * size);
}

} // namespace

ArrayRef<char> mlir::tconv::getRawElements(Attribute constant) {
  if (auto dense = dyn_cast<DenseElementsAttr>(constant))
    return dense.getRawData();
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(constant))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      return blob->getData();
  return {};
}

Attribute mlir::tconv::foldNumbers(Operation *op, ArrayRef<Attribute> operands) {
  if (!llvm::all_of(operands, [](Attribute number) { return !!number; }))
    return nullptr;
  if (isa<arith::TruncFOp, math::RsqrtOp>(op)) {
    auto number = dyn_cast<FloatAttr>(operands.front());
    auto type = dyn_cast<FloatType>(getElementTypeOrSelf(op->getResult(0).getType()));
    if (!number || !type || type.getWidth() > 64)
      return nullptr;
    const double value = number.getValueAsDouble();
    return FloatAttr::get(type, isa<math::RsqrtOp>(op) ? 1 / std::sqrt(value) : value);
  }
  SmallVector<OpFoldResult> results;
  if (failed(op->fold(operands, results)) || results.size() != 1)
    return nullptr;
  if (auto number = dyn_cast<Attribute>(results.front()))
    return number;
  for (auto [operand, number] : llvm::zip_equal(op->getOperands(), operands))
    if (operand == cast<Value>(results.front()))
      return number;
  return nullptr;
}

bool mlir::tconv::isElementwise(linalg::LinalgOp op) {
  Block *body = op.getBlock();
  auto isPlain = [&](Operation &inner) {
    return &inner == body->getTerminator() || inner.hasTrait<OpTrait::ConstantLike>() ||
           (inner.getNumResults() == 1 && OpTrait::hasElementwiseMappableTraits(&inner));
  };
  return op->getNumResults() == 1 && op.getNumParallelLoops() == op.getNumLoops() &&
         op.getMatchingIndexingMap(op.getDpsInitOperand(0)).isIdentity() &&
         !op.payloadUsesValueFromOperand(op.getDpsInitOperand(0)) && llvm::all_of(*body, isPlain);
}

std::optional<SmallBitVector> ConstantElements::varyingDims(Value tensor) {
  if (auto known = varying.find(tensor); known != varying.end())
    return known->second;
  if (depth == maxDepth)
    return std::nullopt;
  ++depth;
  bool isKnown = true;
  SmallBitVector dims = findVarying(tensor, isKnown);
  --depth;
  std::optional<SmallBitVector> result;
  if (isKnown)
    result = dims;
  varying[tensor] = result;
  return result;
}

/// The loops along which the operands of an elementwise linalg op differ.
SmallBitVector ConstantElements::findVaryingLoops(linalg::LinalgOp op, bool &isKnown) {
  SmallBitVector loops(op.getNumLoops());
  for (OpOperand *operand : op.getDpsInputOperands()) {
    if (!isa<RankedTensorType>(operand->get().getType())) {
      isKnown &= matchPattern(operand->get(), m_Constant());
      continue;
    }
    std::optional<SmallBitVector> dims = varyingDims(operand->get());
    isKnown &= dims.has_value();
    for (unsigned dim = 0; isKnown && dim < dims->size(); ++dim)
      for (unsigned loop = 0; dims->test(dim) && loop < op.getNumLoops(); ++loop)
        if (op.getMatchingIndexingMap(operand).getResult(dim).isFunctionOfDim(loop))
          loops.set(loop);
  }
  return loops;
}

SmallBitVector ConstantElements::findVarying(Value tensor, bool &isKnown) {
  Operation *op = tensor.getDefiningOp();
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  isKnown = op && type && type.hasStaticShape();
  if (!isKnown)
    return {};
  SmallBitVector none(type.getRank());
  auto varyingOf = [&](Value source) {
    std::optional<SmallBitVector> dims = varyingDims(source);
    isKnown &= dims.has_value();
    return dims.value_or(SmallBitVector());
  };
  if (Attribute constant; matchPattern(tensor, m_Constant(&constant)))
    return isa<SplatElementsAttr>(constant) ? none : longDims(tensor);
  if (auto fill = dyn_cast<linalg::FillOp>(op)) {
    isKnown = matchPattern(fill.value(), m_Constant());
    return none;
  }
  if (auto splat = dyn_cast<tensor::SplatOp>(op)) {
    isKnown = matchPattern(splat.getInput(), m_Constant());
    return none;
  }
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op)) {
    SmallBitVector dims = varyingOf(expand.getSrc());
    return isKnown ? reshapeDims(dims, expand.getReassociationIndices(), true, tensor) : dims;
  }
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op)) {
    SmallBitVector dims = varyingOf(collapse.getSrc());
    return isKnown ? reshapeDims(dims, collapse.getReassociationIndices(), false, tensor) : dims;
  }
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op); linalgOp && isElementwise(linalgOp))
    return findVaryingLoops(linalgOp, isKnown);
  isKnown = isElementwiseOnTensors(op);
  for (Value operand : op->getOperands())
    if (isKnown && isa<RankedTensorType>(operand.getType()))
      none |= varyingOf(operand);
  return none;
}

Attribute ConstantElements::at(Value value, ArrayRef<int64_t> position) {
  auto key = std::pair(value.getAsOpaquePointer(), SmallVector<int64_t>(position));
  if (auto known = elements.find(key); known != elements.end())
    return known->second;
  if (depth == maxDepth)
    return nullptr;
  ++depth;
  Attribute element = evaluate(value, position);
  --depth;
  return elements[key] = element;
}

Attribute ConstantElements::evaluate(Value value, ArrayRef<int64_t> position) {
  Attribute constant;
  if (matchPattern(value, m_Constant(&constant))) {
    auto dense = dyn_cast<ElementsAttr>(constant);
    return dense ? elementOf(dense, position) : constant;
  }
  Operation *op = value.getDefiningOp();
  if (!op)
    return nullptr;
  if (auto fill = dyn_cast<linalg::FillOp>(op))
    return at(fill.value(), {});
  if (auto splat = dyn_cast<tensor::SplatOp>(op))
    return at(splat.getInput(), {});
  if (auto expand = dyn_cast<tensor::ExpandShapeOp>(op))
    return at(expand.getSrc(), reshapePosition(position, expand.getReassociationIndices(), true,
                                               expand.getResultType().getShape()));
  if (auto collapse = dyn_cast<tensor::CollapseShapeOp>(op))
    return at(collapse.getSrc(), reshapePosition(position, collapse.getReassociationIndices(),
                                                 false, collapse.getSrcType().getShape()));
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return isElementwise(linalgOp) ? evaluatePayload(linalgOp, position) : Attribute();
  if (!isElementwiseOnTensors(op))
    return nullptr;
  SmallVector<Attribute> operands;
  for (Value operand : op->getOperands())
    operands.push_back(at(operand, position));
  return foldNumbers(op, operands);
}

Attribute ConstantElements::evaluatePayload(linalg::LinalgOp op, ArrayRef<int64_t> position) {
  DenseMap<Value, Attribute> numbers;
  auto numberOf = [&](Value value) {
    auto known = numbers.find(value);
    return known == numbers.end() ? at(value, {}) : known->second;
  };
  for (OpOperand *operand : op.getDpsInputOperands())
    numbers[op.getMatchingBlockArgument(operand)] =
        at(operand->get(), op.getMatchingIndexingMap(operand).compose(position));
  for (Operation &inner : op.getBlock()->without_terminator()) {
    SmallVector<Attribute> operands;
    for (Value operand : inner.getOperands())
      operands.push_back(numberOf(operand));
    if (!inner.hasTrait<OpTrait::ConstantLike>())
      numbers[inner.getResult(0)] = foldNumbers(&inner, operands);
  }
  return numberOf(op.getBlock()->getTerminator()->getOperand(0));
}
