//===- ConvTransposeOp.cpp - Accessors and interfaces of conv_transpose ---===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ConvTransposeSignature.h"
#include "tconv/IR/IndexExpr.h"
#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

#define GET_OP_CLASSES
#include "tconv/IR/TconvOps.cpp.inc"

int64_t ConvTransposeOp::getChannelDim() { return ConvTransposeSignature::of(*this).channelDim(); }

int64_t ConvTransposeOp::getSpatialDim(int64_t spatial) {
  return ConvTransposeSignature::of(*this).spatialDim(spatial);
}

::tconv::DimAttributes ConvTransposeOp::getDimAttributes(int64_t spatial) {
  return ConvTransposeSignature::of(*this).dimAttributes(spatial);
}

RankedTensorType ConvTransposeOp::inferOutputType() {
  return ConvTransposeSignature::of(*this).inferOutput();
}

::tconv::ZeroPoints ConvTransposeOp::getZeroPoints() {
  return {static_cast<int64_t>(getInputZeroPoint().value_or(0)),
          static_cast<int64_t>(getFilterZeroPoint().value_or(0)), getInputUnsigned()};
}

Type ConvTransposeOp::getAccumulatorType() {
  Type type = getOutputType().getElementType();
  return type.isF16() || type.isBF16() ? Float32Type::get(getContext()) : type;
}

std::optional<::tconv::Geometry> ConvTransposeOp::getGeometry() {
  auto known = [](int64_t size) { return ShapedType::isDynamic(size) ? 1 : size; };
  std::vector<int64_t> input, kernel;
  std::vector<::tconv::DimAttributes> attributes;
  for (int64_t spatial = 0; spatial < getNumSpatialDims(); ++spatial) {
    input.push_back(getInputType().getDimSize(getSpatialDim(spatial)));
    kernel.push_back(getFilterType().getDimSize(spatial + 2));
    attributes.push_back(getDimAttributes(spatial));
    if (ShapedType::isDynamic(input.back()) || ShapedType::isDynamic(kernel.back()))
      return std::nullopt;
  }
  auto geometry = ::tconv::Geometry::create(
      known(getInputType().getDimSize(0)), known(getInputType().getDimSize(getChannelDim())),
      known(getFilterType().getDimSize(1)) * getGroups(), getGroups(), input, kernel, attributes);
  return geometry ? std::optional(*geometry) : std::nullopt;
}

/// Dynamic sizes may contradict each other, which is an error where the op executes:
/// such an op must not be moved to where it would not have executed.
Speculation::Speculatability ConvTransposeOp::getSpeculatability() {
  bool isStatic = getInputType().hasStaticShape() && getFilterType().hasStaticShape() &&
                  getOutputType().hasStaticShape() &&
                  (!getBias() || getBias().getType().hasStaticShape());
  return isStatic ? Speculation::Speculatable : Speculation::NotSpeculatable;
}

LogicalResult ConvTransposeOp::reifyResultShapes(OpBuilder &builder,
                                                 ReifiedRankedShapedTypeDims &shapes) {
  Location loc = getLoc();
  auto sizeOf = [&](Value tensor, int64_t dim) {
    return IndexExpr(builder, loc, tensor::getMixedSize(builder, loc, tensor, dim));
  };
  RankedTensorType type = getOutputType();
  SmallVector<OpFoldResult> shape(type.getRank());
  auto reify = [&](int64_t dim, llvm::function_ref<IndexExpr()> size) {
    shape[dim] = type.isDynamicDim(dim) ? size().materialize(builder, loc)
                                        : builder.getIndexAttr(type.getDimSize(dim));
  };
  reify(0, [&] { return sizeOf(getInput(), 0); });
  reify(getChannelDim(), [&] { return sizeOf(getFilter(), 1) * getGroups(); });
  for (int64_t spatial = 0; spatial < getNumSpatialDims(); ++spatial)
    reify(getSpatialDim(spatial), [&] {
      return outputSize(sizeOf(getInput(), getSpatialDim(spatial)),
                        sizeOf(getFilter(), spatial + 2), getDimAttributes(spatial));
    });
  shapes.push_back(shape);
  return success();
}
