//===- FoldPaddings.cpp - Pads and crops in the padding of layers ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %padded = tensor.pad %x low[0, 0, 1] high[0, 0, 0] { ... tensor.yield %zero : f32 }
//   %y = tconv.conv_transpose %padded, %w stride [2] ...
//   %z = tensor.extract_slice %y[0, 0, 0] [1, 8, 30] [1, 1, 1] : tensor<1x8x32xf32> to ...
//
// becomes
//
//   %z = tconv.conv_transpose %x, %w stride [2] padding [[-2, 2]] ...
//
// A zero before the input moves the result by a stride, as negative padding does; what is
// cut off the result is padding by definition.
//
//===----------------------------------------------------------------------===//

#include "LayerRewrites.h"
#include "TracedTensor.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/CheckedArithmetic.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Adds to the paddings of the spatial dimensions, given in the order of the tensor's.
/// False if another dimension has one, or a number leaves 63 bits.
bool addPaddings(const ConvTransposeSignature &signature, ArrayRef<int64_t> low,
                 ArrayRef<int64_t> high, ArrayRef<int64_t> factors, SmallVector<int64_t> &begins,
                 SmallVector<int64_t> &ends) {
  begins.assign(signature.paddingBegin.begin(), signature.paddingBegin.end());
  ends.assign(signature.paddingEnd.begin(), signature.paddingEnd.end());
  SmallVector<bool> isSpatial(low.size(), false);
  for (int64_t spatial = 0; spatial < signature.numSpatialDims(); ++spatial) {
    const int64_t dim = signature.spatialDim(spatial);
    isSpatial[dim] = true;
    auto begin = llvm::checkedMulAdd(low[dim], factors[spatial], begins[spatial]);
    auto end = llvm::checkedMulAdd(high[dim], factors[spatial], ends[spatial]);
    if (!begin || !end)
      return false;
    begins[spatial] = *begin;
    ends[spatial] = *end;
  }
  for (size_t dim = 0; dim < low.size(); ++dim)
    if (!isSpatial[dim] && (low[dim] != 0 || high[dim] != 0))
      return false;
  return true;
}

/// Whether padding with a number adds no term to a sum: zero, or the zero point of a layer of
/// bytes.
bool standsForZero(Value number, ConvTransposeOp layer) {
  const ::tconv::ZeroPoints zero = layer.getZeroPoints();
  APInt byte;
  if (zero.areDefault() || !matchPattern(number, m_ConstantInt(&byte)))
    return zero.input == 0 && isZero(number);
  return (zero.inputUnsigned ? int64_t(byte.getZExtValue()) : byte.getSExtValue()) == zero.input;
}

} // namespace

ConvTransposeOp mlir::tconv::foldPad(IRRewriter &rewriter, ConvTransposeOp layer) {
  auto pad = layer.getInput().getDefiningOp<tensor::PadOp>();
  Value number = pad ? pad.getConstantPaddingValue() : Value();
  auto isKnown = [](ArrayRef<int64_t> sizes) {
    return llvm::all_of(sizes, [](int64_t size) { return size >= 0; });
  };
  if (!number || !standsForZero(number, layer) || !isKnown(pad.getStaticLow()) ||
      !isKnown(pad.getStaticHigh()) || llvm::is_contained(pad.getSourceType().getShape(), 0))
    return nullptr;
  auto signature = ConvTransposeSignature::of(layer);
  SmallVector<int64_t> factors, begins, ends;
  for (int64_t stride : signature.stride)
    factors.push_back(-stride);
  if (!addPaddings(signature, pad.getStaticLow(), pad.getStaticHigh(), factors, begins, ends))
    return nullptr;
  signature.input = pad.getSourceType();
  signature.paddingBegin = begins;
  signature.paddingEnd = ends;
  return replaceLayer(rewriter, layer, signature, pad.getSource(), layer.getOutput());
}

ConvTransposeOp mlir::tconv::foldCrop(IRRewriter &rewriter, ConvTransposeOp layer) {
  auto crop = layer.getOutput().hasOneUse()
                  ? dyn_cast<tensor::ExtractSliceOp>(*layer.getOutput().user_begin())
                  : nullptr;
  if (!crop || !crop.hasUnitStride() || !layer.getOutput().getType().hasStaticShape() ||
      !crop.getType().hasStaticShape() ||
      crop.getType().getRank() != layer.getOutput().getType().getRank() ||
      llvm::any_of(crop.getStaticOffsets(), ShapedType::isDynamic) ||
      llvm::is_contained(crop.getType().getShape(), 0))
    return nullptr;
  SmallVector<int64_t> high;
  for (auto [size, first, count] :
       llvm::zip_equal(layer.getOutput().getType().getShape(), crop.getStaticOffsets(),
                       crop.getType().getShape()))
    high.push_back(size - first - count);
  auto signature = ConvTransposeSignature::of(layer);
  SmallVector<int64_t> ones(signature.numSpatialDims(), 1), begins, ends;
  if (!addPaddings(signature, crop.getStaticOffsets(), high, ones, begins, ends))
    return nullptr;
  signature.output = crop.getType();
  signature.paddingBegin = begins;
  signature.paddingEnd = ends;
  return replaceLayer(rewriter, layer, signature, layer.getInput(), crop.getResult());
}
