//===- Neighbours.cpp - Tensors that an epilogue reads --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Neighbours.h"

#include "tconv/IR/ElementTypes.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

std::optional<Reading> mlir::tconv::readNeighbour(KernelOp kernel, Value operand, AffineMap map) {
  auto type = dyn_cast<RankedTensorType>(operand.getType());
  ShapedType result = kernel.getOutputType();
  if (!type || !isStoredInVectors(type.getElementType()))
    return std::nullopt;
  if (map.isIdentity() && type.getShape() == result.getShape())
    return Reading::Element;
  const unsigned channel = kernel.isChannelsLast() ? result.getRank() - 1 : 1;
  Reading reading = Reading::Number;
  for (auto [expr, size] : llvm::zip_equal(map.getResults(), type.getShape())) {
    if (size == 1)
      continue; // whatever the index is, it is zero
    if (expr != getAffineDimExpr(channel, map.getContext()) || reading == Reading::Channel ||
        size != result.getDimSize(channel))
      return std::nullopt;
    reading = Reading::Channel;
  }
  return reading;
}

/// A tensor of one element for each channel, or of one, without the dimensions of size 1.
static Value collapse(OpBuilder &builder, Value operand, int64_t rank) {
  auto type = cast<RankedTensorType>(operand.getType());
  if (type.getRank() == rank)
    return operand;
  SmallVector<ReassociationIndices> groups;
  if (rank == 1)
    groups.push_back(llvm::to_vector(llvm::seq<int64_t>(0, type.getRank())));
  return tensor::CollapseShapeOp::create(builder, operand.getLoc(), operand, groups);
}

Value mlir::tconv::createNeighbour(OpBuilder &builder, KernelOp kernel, Value operand,
                                   Reading reading) {
  if (reading == Reading::Element)
    return operand;
  if (reading == Reading::Channel)
    return collapse(builder, operand, /*rank=*/1);
  const int64_t channels = kernel.getGeometry().outputChannels;
  Value init = tensor::EmptyOp::create(builder, operand.getLoc(), channels,
                                       getElementTypeOrSelf(operand.getType()));
  return linalg::BroadcastOp::create(builder, operand.getLoc(),
                                     collapse(builder, operand, /*rank=*/0), init,
                                     ArrayRef<int64_t>{0})
      ->getResult(0);
}
