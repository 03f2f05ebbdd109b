//===- DescribeLayer.cpp - A layer as schedules see it --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DescribeLayer.h"

#include "tconv/IR/ElementTypes.h"

using namespace mlir;
using namespace mlir::tconv;

static ::tconv::Result<Problem> describe(const ::tconv::Geometry &geometry, bool bias,
                                         bool channelsLast, Type element,
                                         const ::tconv::ZeroPoints &zeroPoints) {
  std::optional<::tconv::ElementType> type = elementTypeOf(element);
  if (!type)
    return ::tconv::Error{"the element type is not supported", true};
  const auto layout =
      channelsLast ? ::tconv::TensorLayout::ChannelsLast : ::tconv::TensorLayout::ChannelsFirst;
  return ::tconv::Problem{geometry, bias, layout, *type, zeroPoints};
}

::tconv::Result<Problem> mlir::tconv::describeLayer(ConvTransposeOp op) {
  if (!op.getInputType().hasStaticShape() || !op.getFilterType().hasStaticShape() ||
      !op.getOutputType().hasStaticShape())
    return ::tconv::Error{"sizes are dynamic", true};
  return describe(*op.getGeometry(), bool(op.getBias()), op.getLayout() == Layout::ChannelsLast,
                  op.getInputType().getElementType(), op.getZeroPoints());
}

::tconv::Result<Problem> mlir::tconv::describeLayer(ConvTransposeOp op, ArrayRef<int64_t> hint) {
  auto isKnown = [](RankedTensorType type) {
    return !ShapedType::isDynamicShape(type.getShape().drop_front());
  };
  if (!isKnown(op.getInputType()) || !isKnown(op.getOutputType()) ||
      !op.getFilterType().hasStaticShape())
    return ::tconv::Error{"sizes other than the batch are dynamic", true};
  ::tconv::Geometry geometry = *op.getGeometry();
  if (op.getInputType().isDynamicDim(0))
    geometry.batch = hint.empty() ? 1 : hint.front();
  return describe(geometry, bool(op.getBias()), op.getLayout() == Layout::ChannelsLast,
                  op.getInputType().getElementType(), op.getZeroPoints());
}

::tconv::Result<Problem> mlir::tconv::describeLayer(KernelOp op) {
  // The filter's is in the packed filter.
  const ::tconv::ZeroPoints zeroPoints{static_cast<int64_t>(op.getInputZeroPoint()), 0,
                                       op.getInputUnsigned()};
  return describe(op.getGeometry(), bool(op.getBias()), op.isChannelsLast(),
                  op.getInputType().getElementType(), zeroPoints);
}
