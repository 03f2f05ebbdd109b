//===- LowerToTosa.cpp - Layers as tosa.transpose_conv2d ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w, %b stride [2, 2] padding [1, 1] channels_last ...
//
// becomes
//
//   %f = tosa.transpose %w {perms = array<i32: 1, 2, 3, 0>} : ...
//   %y = tosa.transpose_conv2d %x, %f, %b, %zero, %zero
//       {acc_type = f32, out_pad = array<i64: -1, -1, -1, -1>, stride = array<i64: 2, 2>} : ...
//
// Test: test/Transforms/Raise/lower-to-tosa.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERTOTOSAPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("layer").category("tconv-lower-to-tosa");
}

/// Why TOSA cannot say a layer; empty if it can.
std::string findObstacle(ConvTransposeOp op) {
  if (op.getNumSpatialDims() != 2)
    return "it has " + std::to_string(op.getNumSpatialDims()) + " spatial dimensions, not 2";
  if (op.getGroups() != 1)
    return "it has " + std::to_string(op.getGroups()) + " groups";
  if (op.getInputType().getElementType().isF64())
    return "its elements are f64";
  if (op.getInputUnsigned())
    return "its input is of unsigned bytes";
  for (int64_t spatial = 0; spatial < 2; ++spatial) {
    ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
    const int64_t kernel = op.getFilterType().getDimSize(spatial + 2);
    if (dim.dilation != 1)
      return "its dilation is " + std::to_string(dim.dilation) + " in spatial dimension " +
             std::to_string(spatial);
    if (ShapedType::isDynamic(kernel))
      return "its filter has unknown sizes";
    // TOSA cuts off less than the filter is long.
    for (int64_t padding : {dim.paddingBegin, dim.paddingEnd - dim.outputPadding})
      if (padding >= kernel)
        return "its padding of " + std::to_string(padding) + " is not below the filter's size " +
               std::to_string(kernel);
  }
  return "";
}

class Lowering {
public:
  Lowering(IRRewriter &rewriter, ConvTransposeOp op)
      : rewriter(rewriter), op(op), loc(op.getLoc()) {}

  Value lower() {
    const bool first = op.getLayout() == Layout::ChannelsFirst;
    Value input = first ? transpose(op.getInput(), {0, 2, 3, 1}) : op.getInput();
    Value filter = transpose(op.getFilter(), {1, 2, 3, 0});
    SmallVector<int64_t> shape(op.getOutputType().getShape());
    if (first)
      shape = {shape[0], shape[2], shape[3], shape[1]};
    SmallVector<int64_t> padding;
    for (int64_t spatial = 0; spatial < 2; ++spatial) {
      ::tconv::DimAttributes dim = op.getDimAttributes(spatial);
      padding.append({-dim.paddingBegin, dim.outputPadding - dim.paddingEnd});
    }
    Type element = op.getInputType().getElementType();
    const ::tconv::ZeroPoints zero = op.getZeroPoints();
    Value inputZero = constant(element, zero.input), filterZero = constant(element, zero.filter);
    Value bias =
        op.getBias() ? Value(op.getBias()) : constant(op.getOutputType().getElementType(), 0);
    Value result = tosa::TransposeConv2DOp::create(
        rewriter, loc, op.getOutputType().clone(shape), input, filter, bias, inputZero, filterZero,
        rewriter.getDenseI64ArrayAttr(padding), rewriter.getDenseI64ArrayAttr(op.getStride()),
        TypeAttr::get(op.getAccumulatorType()), BoolAttr());
    return first ? transpose(result, {0, 3, 1, 2}) : result;
  }

private:
  /// A tensor of one number; 0 if it is a float.
  Value constant(Type element, int64_t number) {
    auto type = RankedTensorType::get(1, element);
    Attribute value = element.isInteger() ? Attribute(rewriter.getIntegerAttr(element, number))
                                          : Attribute(rewriter.getZeroAttr(element));
    return tosa::ConstOp::create(rewriter, loc, type, DenseElementsAttr::get(type, value));
  }

  Value transpose(Value value, ArrayRef<int32_t> permutation) {
    auto type = cast<RankedTensorType>(value.getType());
    SmallVector<int64_t> shape;
    for (int32_t dim : permutation)
      shape.push_back(type.getDimSize(dim));
    return tosa::TransposeOp::create(rewriter, loc, type.clone(shape), value,
                                     rewriter.getDenseI32ArrayAttr(permutation));
  }

  IRRewriter &rewriter;
  ConvTransposeOp op;
  Location loc;
};

struct LowerToTosaPass : mlir::tconv::impl::LowerToTosaPassBase<LowerToTosaPass> {
  void runOnOperation() override {
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](ConvTransposeOp op) {
      std::string obstacle = findObstacle(op);
      if (!obstacle.empty()) {
        remark::missed(op.getLoc(), describeRemark())
            << "TOSA cannot say the layer: " << remark::reason("{0}", obstacle);
        return;
      }
      rewriter.setInsertionPoint(op);
      rewriter.replaceOp(op, Lowering(rewriter, op).lower());
    });
  }
};

} // namespace
