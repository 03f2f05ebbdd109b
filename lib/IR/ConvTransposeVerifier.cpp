//===- ConvTransposeVerifier.cpp - The constraints of conv_transpose ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One check for each of the constraints (C1) to (C19) that the op's documentation
// lists, in that order. Dynamic sizes are left to the checks made at run time.
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ConvTransposeSignature.h"

#include "tconv/Geometry/CheckedInt.h"

#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::CheckedInt;
using ::tconv::Error;
using ::tconv::Status;

namespace {

using Signature = ConvTransposeSignature;

/// Concatenates numbers, strings and types into a message.
template <typename... Parts> Error fail(const Parts &...parts) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  (stream << ... << parts);
  return Error{text};
}

/// Whether two sizes contradict each other.
bool differ(int64_t a, int64_t b) {
  return !ShapedType::isDynamic(a) && !ShapedType::isDynamic(b) && a != b;
}

/// (C1), (C2)
Status verifyRanks(const Signature &op) {
  int64_t rank = op.input.getRank(), filterRank = op.filter.getRank();
  if (filterRank >= 3 && filterRank <= 5 && rank == filterRank - 1)
    return fail("expected an input with a batch dimension, [batch, channels and ", filterRank - 2,
                " spatial sizes], got ", op.input,
                ": give it a batch of 1 with tensor.expand_shape");
  if (rank < 3 || rank > 5)
    return fail("expected an input of rank 3, 4 or 5 (batch, channels and 1 to 3 spatial "
                "sizes), got rank ",
                rank);
  if (filterRank != rank)
    return fail("expected a filter of rank ", rank, " as the input, got rank ", filterRank);
  if (op.output.getRank() != rank)
    return fail("expected a result of rank ", rank, " as the input, got rank ",
                op.output.getRank());
  return ::tconv::success();
}

/// (C3), (C4)
Status verifyElementTypes(const Signature &op) {
  Type type = op.input.getElementType();
  if (!type.isF64() && !type.isF32() && !type.isF16() && !type.isBF16() &&
      !type.isSignlessInteger(8))
    return fail("expected an input of f64, f32, f16, bf16 or i8, got ", type);
  if (op.filter.getElementType() != type)
    return fail("expected a filter of ", type, " as the input, got ", op.filter.getElementType());
  Type result = type.isInteger(8) ? IntegerType::get(type.getContext(), 32) : type;
  if (op.output.getElementType() != result)
    return fail("expected a result of ", result, " for an input of ", type, ", got ",
                op.output.getElementType());
  if (op.bias && op.bias.getElementType() != result)
    return fail("expected a bias of ", result, " as the result, got ", op.bias.getElementType());
  return ::tconv::success();
}

/// (C5)
Status verifyAttributeLengths(const Signature &op) {
  std::pair<StringRef, ArrayRef<int64_t>> attributes[] = {{"stride", op.stride},
                                                          {"padding_begin", op.paddingBegin},
                                                          {"padding_end", op.paddingEnd},
                                                          {"dilation", op.dilation},
                                                          {"output_padding", op.outputPadding}};
  for (auto [name, values] : attributes)
    if (static_cast<int64_t>(values.size()) != op.numSpatialDims())
      return fail("expected ", op.numSpatialDims(), " values of ", name,
                  ", one for each spatial dimension, got ", values.size());
  return ::tconv::success();
}

/// (C6), (C7), (C8)
Status verifyAttributeRanges(const Signature &op) {
  for (int64_t spatial = 0; spatial < op.numSpatialDims(); ++spatial) {
    ::tconv::DimAttributes dim = op.dimAttributes(spatial);
    if (dim.stride < 1)
      return fail("expected stride >= 1 in spatial dimension ", spatial, ", got ", dim.stride);
    if (dim.dilation < 1)
      return fail("expected dilation >= 1 in spatial dimension ", spatial, ", got ", dim.dilation);
    int64_t limit = std::max(dim.stride, dim.dilation);
    if (dim.outputPadding < 0 || dim.outputPadding >= limit)
      return fail("expected 0 <= output_padding < max(stride, dilation) = ", limit,
                  " in spatial dimension ", spatial, ", got ", dim.outputPadding);
  }
  if (op.groups < 1)
    return fail("expected groups >= 1, got ", op.groups);
  return ::tconv::success();
}

/// (C9)
Status verifyNonEmpty(const Signature &op) {
  for (int64_t dim = 1; dim < op.input.getRank(); ++dim)
    if (op.input.getDimSize(dim) == 0)
      return fail("expected channels and spatial sizes of at least 1, got an input of ", op.input);
  if (llvm::is_contained(op.filter.getShape(), 0))
    return fail("expected filter sizes of at least 1, got ", op.filter);
  return ::tconv::success();
}

/// (C10), (C11)
Status verifyInputChannels(const Signature &op) {
  int64_t channels = op.input.getDimSize(op.channelDim()), filterIn = op.filter.getDimSize(0);
  if (differ(channels, filterIn))
    return fail("expected ", channels, " input channels in dimension 0 of the filter, got ",
                filterIn);
  int64_t known = ShapedType::isDynamic(channels) ? filterIn : channels;
  if (!ShapedType::isDynamic(known) && known % op.groups != 0)
    return fail("expected groups to divide the ", known, " input channels, got ", op.groups);
  return ::tconv::success();
}

/// Whether `outputs` can be the number of output channels.
Status verifyGroupsDivide(const Signature &op, int64_t outputs) {
  if (ShapedType::isDynamic(outputs))
    return ::tconv::success();
  if (outputs < 1)
    return fail("expected at least 1 output channel, got ", outputs);
  if (outputs % op.groups != 0)
    return fail("expected groups to divide the ", outputs, " output channels, got ", op.groups);
  return ::tconv::success();
}

/// (C12), (C14)
Status verifyOutputChannels(const Signature &op) {
  if (op.bias && op.bias.getRank() != 1)
    return fail("expected a bias of rank 1, got ", op.bias);
  int64_t bias = op.bias ? op.bias.getDimSize(0) : ShapedType::kDynamic;
  int64_t declared = op.output.getDimSize(op.channelDim()), outputs = ShapedType::kDynamic;
  int64_t perGroup = op.filter.getDimSize(1);
  if (!ShapedType::isDynamic(perGroup)) {
    std::optional<int64_t> product = (CheckedInt(perGroup) * op.groups).value();
    if (!product)
      return fail("expected output channels below 2^63, got ", perGroup, " * ", op.groups);
    outputs = *product;
  }
  if (differ(bias, outputs))
    return fail("expected a bias of ", outputs, " = groups * filter.dim(1) elements, got ", bias);
  if (differ(declared, outputs))
    return fail("expected a result with ", outputs, " = groups * filter.dim(1) channels, got ",
                declared);
  if (differ(bias, declared))
    return fail("expected a bias of ", declared, " elements, as the result has channels, got ",
                bias);
  if (Status status = verifyGroupsDivide(op, bias); !status)
    return status;
  return verifyGroupsDivide(op, declared);
}

/// (C13)
Status verifyBatch(const Signature &op) {
  if (differ(op.output.getDimSize(0), op.input.getDimSize(0)))
    return fail("expected a result with the input's batch ", op.input.getDimSize(0), ", got ",
                op.output.getDimSize(0));
  return ::tconv::success();
}

/// (C15) and, for the result sizes, (C16)
Status verifyOutputSizes(const Signature &op) {
  for (int64_t spatial = 0; spatial < op.numSpatialDims(); ++spatial) {
    int64_t input = op.input.getDimSize(op.spatialDim(spatial));
    int64_t kernel = op.filter.getDimSize(spatial + 2);
    int64_t declared = op.output.getDimSize(op.spatialDim(spatial));
    ::tconv::DimAttributes dim = op.dimAttributes(spatial);
    bool known = !ShapedType::isDynamic(input) && !ShapedType::isDynamic(kernel);
    // Unknown sizes count as 1: what overflows then, overflows always.
    int64_t atLeastInput = ShapedType::isDynamic(input) ? 1 : input;
    int64_t atLeastKernel = ShapedType::isDynamic(kernel) ? 1 : kernel;
    std::optional<int64_t> size = ::tconv::computeOutputSize(atLeastInput, atLeastKernel, dim);
    std::string formula = ::tconv::describeOutputSize(atLeastInput, atLeastKernel, dim);
    if (!size)
      return fail("expected attributes and sizes with which no size exceeds 63 bits in spatial "
                  "dimension ",
                  spatial, ", got ", known ? formula : ::tconv::describeOutputSize(dim));
    if (known && *size < 1)
      return fail("expected an output size of at least 1 in spatial dimension ", spatial, ", got ",
                  formula);
    if (known && differ(declared, *size))
      return fail("expected a result of size ", *size, " in spatial dimension ", spatial, ", ",
                  formula, ", got ", declared);
    if (declared == 0)
      return fail("expected an output size of at least 1 in spatial dimension ", spatial,
                  ", got a result of ", op.output);
  }
  return ::tconv::success();
}

/// (C16), (C17)
Status verifyTensor(RankedTensorType type) {
  if (type.getEncoding())
    return fail("expected tensors without an encoding, got ", type);
  CheckedInt bytes(llvm::divideCeil(type.getElementTypeBitWidth(), 8));
  if (!llvm::is_contained(type.getShape(), 0))
    for (int64_t size : type.getShape())
      bytes = bytes * (ShapedType::isDynamic(size) ? 1 : size);
  if (bytes.overflowed())
    return fail("expected tensors of less than 2^63 bytes, got ", type);
  return ::tconv::success();
}

Status verifyTensors(const Signature &op) {
  for (RankedTensorType type : {op.input, op.filter, op.bias, op.output}) {
    if (!type)
      continue;
    if (Status status = verifyTensor(type); !status)
      return status;
  }
  return ::tconv::success();
}

/// (C18), (C19)
Status verifyZeroPoints(const Signature &op) {
  const ::tconv::ZeroPoints &zero = op.zeroPoints;
  if (zero.areDefault())
    return ::tconv::success();
  if (!op.input.getElementType().isInteger(8))
    return fail("expected an input of i8 for zero points and input_unsigned, got ",
                op.input.getElementType());
  const int64_t low = zero.inputUnsigned ? 0 : -128;
  if (zero.input < low || zero.input > low + 255)
    return fail("expected an input_zero_point from ", low, " to ", low + 255, ", got ", zero.input);
  if (zero.filter < -128 || zero.filter > 127)
    return fail("expected a filter_zero_point from -128 to 127, got ", zero.filter);
  return ::tconv::success();
}

} // namespace

Status ConvTransposeSignature::verify() const {
  for (auto check : {verifyRanks, verifyElementTypes, verifyAttributeLengths, verifyAttributeRanges,
                     verifyNonEmpty, verifyInputChannels, verifyOutputChannels, verifyBatch,
                     verifyOutputSizes, verifyTensors, verifyZeroPoints})
    if (Status status = check(*this); !status)
      return status;
  return ::tconv::success();
}

LogicalResult ConvTransposeOp::verify() {
  if (Status status = ConvTransposeSignature::of(*this).verify(); !status)
    return emitOpError(status.message());
  return success();
}
