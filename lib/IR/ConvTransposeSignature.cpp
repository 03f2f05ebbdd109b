//===- ConvTransposeSignature.cpp - Types and attributes of the op --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ConvTransposeSignature.h"

using namespace mlir;
using namespace mlir::tconv;

ConvTransposeSignature ConvTransposeSignature::of(ConvTransposeOp op) {
  return {op.getInputType(),
          op.getFilterType(),
          op.getBias() ? op.getBias().getType() : RankedTensorType(),
          op.getOutputType(),
          op.getStride(),
          op.getPaddingBegin(),
          op.getPaddingEnd(),
          op.getDilation(),
          op.getOutputPadding(),
          static_cast<int64_t>(op.getGroups()),
          op.getLayout(),
          op.getZeroPoints()};
}

int64_t ConvTransposeSignature::channelDim() const {
  return layout == Layout::ChannelsFirst ? 1 : numSpatialDims() + 1;
}

int64_t ConvTransposeSignature::spatialDim(int64_t spatial) const {
  return layout == Layout::ChannelsFirst ? spatial + 2 : spatial + 1;
}

::tconv::DimAttributes ConvTransposeSignature::dimAttributes(int64_t spatial) const {
  return {stride[spatial], paddingBegin[spatial], paddingEnd[spatial], dilation[spatial],
          outputPadding[spatial]};
}

RankedTensorType ConvTransposeSignature::inferOutput() const {
  SmallVector<int64_t> shape(input.getRank(), ShapedType::kDynamic);
  shape[0] = input.getDimSize(0);
  if (!filter.isDynamicDim(1))
    shape[channelDim()] = filter.getDimSize(1) * groups;
  for (int64_t spatial = 0; spatial < numSpatialDims(); ++spatial) {
    int64_t inputSize = input.getDimSize(spatialDim(spatial));
    int64_t kernelSize = filter.getDimSize(spatial + 2);
    if (ShapedType::isDynamic(inputSize) || ShapedType::isDynamic(kernelSize))
      continue;
    std::optional<int64_t> size =
        ::tconv::computeOutputSize(inputSize, kernelSize, dimAttributes(spatial));
    if (size && *size >= 1)
      shape[spatialDim(spatial)] = *size;
  }
  return RankedTensorType::get(shape, output.getElementType());
}
