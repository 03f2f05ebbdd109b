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

/// The sizes of x: those that are known, and otherwise of the hint.
static SmallVector<int64_t> chooseSizes(ConvTransposeOp op, ArrayRef<int64_t> hint) {
  SmallVector<int64_t> sizes;
  auto choose = [&](int64_t known, int64_t typical) {
    if (ShapedType::isDynamic(known))
      known = sizes.size() < hint.size() ? hint[sizes.size()] : typical;
    sizes.push_back(known);
  };
  RankedTensorType type = op.getInputType();
  choose(type.getDimSize(0), 1);
  const int64_t rank = op.getNumSpatialDims();
  for (int64_t dim = 0; dim < rank; ++dim)
    choose(type.getDimSize(op.getSpatialDim(dim)),
           ::tconv::typicalInputSize(static_cast<size_t>(rank), op.getDimAttributes(dim)));
  return sizes;
}

::tconv::Result<Problem> mlir::tconv::describeLayer(ConvTransposeOp op, ArrayRef<int64_t> hint) {
  RankedTensorType input = op.getInputType(), filter = op.getFilterType();
  const int64_t channels = op.getChannelDim();
  if (input.isDynamicDim(channels) || op.getOutputType().isDynamicDim(channels) ||
      !filter.hasStaticShape())
    return ::tconv::Error{"sizes other than the batch and spatial ones are dynamic", true};
  SmallVector<int64_t> sizes = chooseSizes(op, hint);
  std::vector<int64_t> kernel(filter.getShape().begin() + 2, filter.getShape().end());
  std::vector<::tconv::DimAttributes> attributes;
  for (int64_t dim = 0; dim < op.getNumSpatialDims(); ++dim)
    attributes.push_back(op.getDimAttributes(dim));
  const auto groups = static_cast<int64_t>(op.getGroups());
  auto geometry = ::tconv::Geometry::create(sizes.front(), input.getDimSize(channels),
                                            filter.getDimSize(1) * groups, groups,
                                            {sizes.begin() + 1, sizes.end()}, kernel, attributes);
  if (!geometry)
    return ::tconv::Error{geometry.message(), true};
  return describe(*geometry, bool(op.getBias()), op.getLayout() == Layout::ChannelsLast,
                  input.getElementType(), op.getZeroPoints());
}

::tconv::Result<Problem> mlir::tconv::describeLayer(KernelOp op) {
  // The filter's is in the packed filter.
  const ::tconv::ZeroPoints zeroPoints{static_cast<int64_t>(op.getInputZeroPoint()), 0,
                                       op.getInputUnsigned()};
  return describe(op.getGeometry(), bool(op.getBias()), op.isChannelsLast(),
                  op.getInputType().getElementType(), zeroPoints);
}
