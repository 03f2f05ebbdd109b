//===- FoldChannelConstants.cpp - Scales and shifts in layers -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w ...
//   %scaled = arith.mulf %y, %scales   // a constant for each channel
//   %z = arith.addf %scaled, %shifts
//
// becomes
//
//   %z = tconv.conv_transpose %x, %w_times_scales, %shifts ...
//
// An op behind a layer is read as a function `scale*y + shift` with two numbers for each
// channel, and functions are composed as long as ops are such functions.
//
//===----------------------------------------------------------------------===//

#include "ChannelOps.h"
#include "LayerRewrites.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Follows the ops behind one layer of f32 or f64.
class ChannelFolding {
public:
  explicit ChannelFolding(ConvTransposeOp layer)
      : layer(layer),
        ops(layer.getLayout() == Layout::ChannelsLast ? layer.getOutput().getType().getRank() - 1
                                                      : 1) {
    auto filter = cast<RankedTensorType>(layer.getFilter().getType());
    channels = filter.getDimSize(1) * static_cast<int64_t>(layer.getGroups());
    scalings.resize(channels);
  }

  /// Folds what can be; false if that is nothing.
  bool run(IRRewriter &rewriter);

private:
  bool absorb(Operation *op);
  DenseElementsAttr scaleFilter();
  Value shiftBias(OpBuilder &builder);
  Value createVector(OpBuilder &builder, llvm::function_ref<double(Scaling)> number);
  bool scales() const {
    return llvm::any_of(scalings, [](Scaling scaling) { return scaling.scale != 1; });
  }
  bool shifts() const {
    return llvm::any_of(scalings, [](Scaling scaling) { return scaling.shift != 0; });
  }

  ConvTransposeOp layer;
  ChannelOps ops;
  int64_t channels;
  SmallVector<Scaling> scalings;
  Value last;
};

bool ChannelFolding::absorb(Operation *op) {
  if (!ops.readsOnlyChannels(op, last))
    return false;
  SmallVector<Scaling> composed;
  for (auto [index, scaling] : llvm::enumerate(scalings)) {
    std::optional<Scaling> next = ops.read(op, last, static_cast<int64_t>(index));
    if (!next)
      return false;
    composed.push_back({next->scale * scaling.scale, next->scale * scaling.shift + next->shift});
    if (!composed.back().isFinite())
      return false;
  }
  const bool scalesMore = llvm::any_of(composed, [](Scaling next) { return next.scale != 1; });
  if (scalesMore && !matchPattern(layer.getFilter(), m_Constant()))
    return false;
  scalings = std::move(composed);
  return true;
}

/// Multiplies numbers; false if one is not finite any more.
template <typename Number>
bool multiply(ArrayRef<char> source, MutableArrayRef<char> target,
              llvm::function_ref<double(int64_t)> scaleAt) {
  const bool isSplat = source.size() == sizeof(Number);
  for (size_t at = 0; at < target.size(); at += sizeof(Number)) {
    Number number;
    std::memcpy(&number, source.data() + (isSplat ? 0 : at), sizeof(Number));
    number = static_cast<Number>(number * scaleAt(static_cast<int64_t>(at / sizeof(Number))));
    if (!std::isfinite(number))
      return false;
    std::memcpy(target.data() + at, &number, sizeof(Number));
  }
  return true;
}

/// The filter [Ci, Co/groups, K...] times the scales of its output channels; null if that
/// cannot be told.
DenseElementsAttr ChannelFolding::scaleFilter() {
  auto type = cast<RankedTensorType>(layer.getFilter().getType());
  const int64_t inputs = type.getDimSize(0), outputs = type.getDimSize(1);
  const int64_t taps = ShapedType::getNumElements(type.getShape().drop_front(2));
  const int64_t inputsPerGroup = inputs / static_cast<int64_t>(layer.getGroups());
  auto scaleAt = [&](int64_t index) {
    const int64_t input = index / taps / outputs, output = index / taps % outputs;
    return scalings[input / inputsPerGroup * outputs + output].scale;
  };
  Attribute constant;
  matchPattern(layer.getFilter(), m_Constant(&constant));
  const bool isDouble = type.getElementType().isF64();
  const int64_t bytes = isDouble ? 8 : 4;
  ArrayRef<char> source = getRawElements(constant);
  std::vector<char> target(type.getNumElements() * bytes);
  if (source.size() != target.size() && static_cast<int64_t>(source.size()) != bytes)
    return nullptr;
  const bool isFinite = isDouble ? multiply<double>(source, target, scaleAt)
                                 : multiply<float>(source, target, scaleAt);
  return isFinite ? DenseElementsAttr::getFromRawBuffer(type, target) : DenseElementsAttr();
}

/// A number for each channel.
Value ChannelFolding::createVector(OpBuilder &builder, llvm::function_ref<double(Scaling)> number) {
  Type element = layer.getOutput().getType().getElementType();
  SmallVector<Attribute> numbers;
  for (Scaling scaling : scalings)
    numbers.push_back(builder.getFloatAttr(element, number(scaling)));
  auto type = RankedTensorType::get(channels, element);
  return arith::ConstantOp::create(builder, layer.getLoc(), DenseElementsAttr::get(type, numbers));
}

/// `scale*bias + shift`, as a constant where the bias is one.
Value ChannelFolding::shiftBias(OpBuilder &builder) {
  Value bias = layer.getBias();
  if (!bias)
    return createVector(builder, [](Scaling scaling) { return scaling.shift; });
  if (ops.elements.varyingDims(bias)) {
    SmallVector<Scaling> composed;
    for (auto [index, scaling] : llvm::enumerate(scalings)) {
      auto number =
          dyn_cast_if_present<FloatAttr>(ops.elements.at(bias, static_cast<int64_t>(index)));
      if (!number)
        break;
      composed.push_back({1, scaling.scale * number.getValueAsDouble() + scaling.shift});
    }
    if (composed.size() == scalings.size()) {
      scalings = std::move(composed);
      return createVector(builder, [](Scaling scaling) { return scaling.shift; });
    }
  }
  Value scales = createVector(builder, [](Scaling scaling) { return scaling.scale; });
  Value shifts = createVector(builder, [](Scaling scaling) { return scaling.shift; });
  Value scaled = arith::MulFOp::create(builder, layer.getLoc(), bias, scales);
  return arith::AddFOp::create(builder, layer.getLoc(), scaled, shifts);
}

bool ChannelFolding::run(IRRewriter &rewriter) {
  last = layer.getOutput();
  SmallVector<Operation *> absorbed;
  while (last.hasOneUse() && absorb(*last.user_begin())) {
    absorbed.push_back(*last.user_begin());
    last = absorbed.back()->getResult(0);
  }
  if (absorbed.empty())
    return false;
  rewriter.setInsertionPoint(layer);
  DenseElementsAttr filter = scales() ? scaleFilter() : DenseElementsAttr();
  if (scales() && !filter)
    return false;
  Value bias = layer.getBias() || shifts() ? shiftBias(rewriter) : Value();
  rewriter.modifyOpInPlace(layer, [&] {
    if (filter)
      layer.getFilterMutable().assign(arith::ConstantOp::create(rewriter, layer.getLoc(), filter));
    if (bias)
      layer.getBiasMutable().assign(bias);
  });
  rewriter.replaceAllUsesWith(last, layer.getOutput());
  for (Operation *op : llvm::reverse(absorbed))
    rewriter.eraseOp(op);
  return true;
}

} // namespace

ConvTransposeOp mlir::tconv::foldChannelConstants(IRRewriter &rewriter, ConvTransposeOp layer) {
  Type element = layer.getOutput().getType().getElementType();
  auto filter = cast<RankedTensorType>(layer.getFilter().getType());
  const bool isKnown = (element.isF32() || element.isF64()) && filter.hasStaticShape();
  return isKnown && !layer.getSchedule() && ChannelFolding(layer).run(rewriter) ? layer
                                                                                : ConvTransposeOp();
}
