//===- ChannelOps.cpp - What ops do to the sums of a channel ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ChannelOps.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

/// A number in a payload: of the layer, or a constant.
struct mlir::tconv::Number {
  std::optional<Scaling> scaling;
  Attribute constant;

  /// As a function of the sum, which a constant is too.
  std::optional<Scaling> asScaling() const {
    if (scaling)
      return scaling;
    auto number = dyn_cast_if_present<FloatAttr>(constant);
    return number ? std::optional<Scaling>({0, number.getValueAsDouble()}) : std::nullopt;
  }
};

namespace {

/// The op on two functions of the sum, if that is one again.
std::optional<Scaling> apply(Operation *op, Scaling a, Scaling b) {
  if (isa<arith::AddFOp>(op))
    return Scaling{a.scale + b.scale, a.shift + b.shift};
  if (isa<arith::SubFOp>(op))
    return Scaling{a.scale - b.scale, a.shift - b.shift};
  if (isa<arith::MulFOp>(op) && (a.scale == 0 || b.scale == 0))
    return Scaling{a.scale * b.shift + b.scale * a.shift, a.shift * b.shift};
  if (isa<arith::DivFOp>(op) && b.scale == 0)
    return Scaling{a.scale / b.shift, a.shift / b.shift};
  return std::nullopt;
}

Number applyToNumbers(Operation *op, ArrayRef<Number> operands) {
  SmallVector<Attribute> constants;
  for (const Number &operand : operands)
    constants.push_back(operand.constant);
  if (llvm::none_of(operands, [](const Number &operand) { return operand.scaling.has_value(); }))
    return {std::nullopt, foldNumbers(op, constants)};
  std::optional<Scaling> a = operands.front().asScaling(), b = operands.back().asScaling();
  if (a && isa<arith::NegFOp>(op))
    return {Scaling{-a->scale, -a->shift}, {}};
  if (!a || !b || operands.size() != 2)
    return {};
  return {apply(op, *a, *b), {}};
}

} // namespace

/// Whether an operand is the same along all dimensions but the channels.
bool ChannelOps::isChannelConstant(Value value, AffineMap map) {
  if (!isa<RankedTensorType>(value.getType()))
    return matchPattern(value, m_Constant());
  std::optional<llvm::SmallBitVector> dims = elements.varyingDims(value);
  if (!dims)
    return false;
  for (unsigned dim : dims->set_bits())
    for (unsigned loop = 0; loop < map.getNumDims(); ++loop)
      if (loop != channel && map.getResult(dim).isFunctionOfDim(loop))
        return false;
  return true;
}

bool ChannelOps::readsOnlyChannels(Operation *op, Value sums) {
  if (op->getNumResults() != 1 || op->getResult(0).getType() != sums.getType())
    return false;
  AffineMap identity = AffineMap::getMultiDimIdentityMap(
      cast<RankedTensorType>(sums.getType()).getRank(), op->getContext());
  auto linalgOp = dyn_cast<linalg::LinalgOp>(op);
  if (!linalgOp)
    return OpTrait::hasElementwiseMappableTraits(op) &&
           llvm::all_of(op->getOperands(), [&](Value operand) {
             return operand == sums || isChannelConstant(operand, identity);
           });
  return isElementwise(linalgOp) &&
         llvm::all_of(linalgOp.getDpsInputOperands(), [&](OpOperand *operand) {
           AffineMap map = linalgOp.getMatchingIndexingMap(operand);
           return operand->get() == sums ? map.isIdentity()
                                         : isChannelConstant(operand->get(), map);
         });
}

Number ChannelOps::readPayload(linalg::LinalgOp op, Value sums, ArrayRef<int64_t> position) {
  DenseMap<Value, Number> numbers;
  auto numberOf = [&](Value value) {
    auto known = numbers.find(value);
    return known == numbers.end() ? Number{std::nullopt, elements.at(value, {})} : known->second;
  };
  for (OpOperand *operand : op.getDpsInputOperands()) {
    Value value = operand->get();
    numbers[op.getMatchingBlockArgument(operand)] =
        value == sums
            ? Number{Scaling(), {}}
            : Number{std::nullopt,
                     elements.at(value, op.getMatchingIndexingMap(operand).compose(position))};
  }
  for (Operation &inner : op.getBlock()->without_terminator()) {
    if (inner.hasTrait<OpTrait::ConstantLike>())
      continue;
    SmallVector<Number> operands;
    for (Value operand : inner.getOperands())
      operands.push_back(numberOf(operand));
    numbers[inner.getResult(0)] = applyToNumbers(&inner, operands);
  }
  return numberOf(op.getBlock()->getTerminator()->getOperand(0));
}

/// What an op does to the sums of a channel.
std::optional<Scaling> ChannelOps::read(Operation *op, Value sums, int64_t index) {
  SmallVector<int64_t> position(cast<RankedTensorType>(sums.getType()).getRank(), 0);
  position[channel] = index;
  if (auto linalgOp = dyn_cast<linalg::LinalgOp>(op))
    return readPayload(linalgOp, sums, position).scaling;
  SmallVector<Number> operands;
  for (Value operand : op->getOperands())
    operands.push_back(operand == sums ? Number{Scaling(), {}}
                                       : Number{std::nullopt, elements.at(operand, position)});
  return applyToNumbers(op, operands).scaling;
}
