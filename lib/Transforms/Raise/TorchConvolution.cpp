//===- TorchConvolution.cpp - torch.aten.convolution ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// aten.convolution is both directions: with transposed = true a layer, and a plain convolution of
// linalg's otherwise. If one of its lists is no constant, it stays as it is.
//
//===----------------------------------------------------------------------===//

#include "ConvolutionSpec.h"
#include "LayerSpec.h"
#include "NumberFunctions.h"
#include "Torch.h"

#include "mlir/IR/Diagnostics.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The operands of a convolution that are numbers.
struct Numbers {
  SmallVector<int64_t> stride, padding, dilation, outputPadding;
  bool transposed;
  int64_t groups;
};

std::optional<Numbers> readNumbers(Operation *op) {
  auto stride = getTorchIntegers(op->getOperand(3)), padding = getTorchIntegers(op->getOperand(4)),
       dilation = getTorchIntegers(op->getOperand(5)),
       outputPadding = getTorchIntegers(op->getOperand(7));
  auto transposed = getTorchInteger(op->getOperand(6)), groups = getTorchInteger(op->getOperand(8));
  if (!stride || !padding || !dilation || !outputPadding || !transposed || !groups)
    return std::nullopt;
  return Numbers{*stride, *padding, *dilation, *outputPadding, *transposed != 0, *groups};
}

/// A bias along the channels, added to sums.
Value addBias(const TorchOp &op, Value sums, Value bias) {
  TensorOps ops(op.builder, op.op->getLoc());
  unsigned arity;
  NumberFunction add = findNumberFunction("add", op.type.getElementType(), arity);
  SmallVector<int64_t> shape(op.type.getRank() - 1, 1);
  shape[0] = cast<RankedTensorType>(bias.getType()).getDimSize(0);
  Value column = ops.reshape(RankedTensorType::get(shape, op.type.getElementType()), bias);
  return column && add ? ops.map(op.type, {sums, column}, add) : Value();
}

FailureOr<Value> lowerPlain(const TorchOp &op, const Numbers &numbers, Value input, Value filter,
                            Value bias) {
  auto filterType = cast<RankedTensorType>(filter.getType());
  const auto count = static_cast<size_t>(op.type.getRank() - 2);
  const bool fits = filterType.getRank() == op.type.getRank() && numbers.stride.size() == count &&
                    numbers.padding.size() == count && numbers.dilation.size() == count &&
                    llvm::all_of(numbers.stride, [](int64_t number) { return number >= 1; }) &&
                    llvm::all_of(numbers.dilation, [](int64_t number) { return number >= 1; }) &&
                    numbers.groups >= 1 && filterType.hasStaticShape() &&
                    filterType.getDimSize(0) % numbers.groups == 0;
  if (!fits)
    return op.op->emitOpError("expected a stride, a padding and a dilation for each of the ")
           << count << " spatial dimensions of the filter, and groups that divide its outputs";
  OperandDims dims{0, 1, {}};
  for (size_t dim = 0; dim < count; ++dim)
    dims.spatial.push_back(static_cast<int64_t>(dim) + 2);
  OperandDims filterDims{1, 0, dims.spatial};
  ConvolutionSpec spec{input, filter, dims, filterDims, dims, {}, numbers.groups, 1, op.type};
  for (size_t dim = 0; dim < count; ++dim)
    spec.spatial.push_back({numbers.stride[dim], numbers.padding[dim], numbers.padding[dim], 1,
                            numbers.dilation[dim], false});
  Value sums = lowerSpec(op.builder, op.op->getLoc(), spec);
  return bias ? addBias(op, sums, bias) : sums;
}

} // namespace

FailureOr<Value> mlir::tconv::raiseTorchConvolution(const TorchOp &op) {
  if (op.op->getNumOperands() != 9)
    return op.op->emitOpError("expected 9 operands, got ") << op.op->getNumOperands();
  Value input = op.tensor(0), filter = op.tensor(1), bias;
  std::optional<Numbers> numbers = readNumbers(op.op);
  if (!isNone(op.op->getOperand(2)))
    bias = op.tensor(2);
  if (!input || !filter || !numbers || (!bias && !isNone(op.op->getOperand(2))) ||
      op.type.getRank() < 3 ||
      cast<RankedTensorType>(input.getType()).getRank() != op.type.getRank())
    return Value();
  if (!numbers->transposed)
    return lowerPlain(op, *numbers, input, filter, bias);
  // An empty list stands for zeros.
  if (numbers->outputPadding.empty())
    numbers->outputPadding.assign(numbers->stride.size(), 0);
  return emitLayer(op.builder, op.op->getLoc(), op.op->getName().getStringRef(),
                   {input, filter, bias, numbers->stride, numbers->padding, numbers->padding,
                    numbers->dilation, numbers->outputPadding, numbers->groups, op.type});
}
