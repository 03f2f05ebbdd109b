//===- LowerToStablehlo.cpp - Layers as stablehlo.convolution -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tconv.conv_transpose %x, %w stride [2] padding [1] ...
//
// becomes
//
//   %y = "stablehlo.convolution"(%x, %w) <{
//       dimension_numbers = #stablehlo.conv<[b, f, 0]x[i, o, 0]->[b, f, 0]>,
//       lhs_dilation = array<i64: 2>, padding = dense<2> : tensor<1x2xi64>,
//       window_reversal = array<i1: true>, ...}> : ...
//
// The window reads backwards, so that the filter stays as it is.
//
// Test: test/Transforms/Raise/lower-to-stablehlo.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/IR/PatternMatch.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LOWERTOSTABLEHLOPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("layer").category("tconv-lower-to-stablehlo");
}

class Lowering {
public:
  Lowering(IRRewriter &rewriter, ConvTransposeOp op)
      : rewriter(rewriter), op(op), loc(op.getLoc()), count(op.getNumSpatialDims()) {}

  Value lower() {
    Value sums = create("convolution", {op.getInput(), joinGroups()}, op.getOutputType(),
                        convolutionAttributes());
    if (!op.getBias())
      return sums;
    int64_t channels[] = {op.getChannelDim()};
    Value bias =
        create("broadcast_in_dim", op.getBias(), op.getOutputType(),
               {attribute("broadcast_dimensions", rewriter.getDenseI64ArrayAttr(channels))});
    return create("add", {sums, bias}, op.getOutputType(), {});
  }

private:
  NamedAttribute attribute(StringRef name, Attribute value) {
    return rewriter.getNamedAttr(name, value);
  }

  Value create(StringRef name, ValueRange operands, Type type,
               ArrayRef<NamedAttribute> attributes) {
    OperationState state(loc, ("stablehlo." + name).str(), operands, type);
    state.propertiesAttr = rewriter.getDictionaryAttr(attributes);
    return rewriter.create(state)->getResult(0);
  }

  /// `[Ci, Co/G, K...]` as `[Ci/G, Co, K...]`: StableHLO has the groups in the outputs.
  Value joinGroups() {
    RankedTensorType type = op.getFilterType();
    const auto groups = static_cast<int64_t>(op.getGroups());
    if (groups == 1)
      return op.getFilter();
    SmallVector<int64_t> split{groups, type.getDimSize(0) / groups}, moved, permutation{1, 0, 2};
    llvm::append_range(split, type.getShape().drop_front());
    for (int64_t dim = 3; dim < static_cast<int64_t>(split.size()); ++dim)
      permutation.push_back(dim);
    for (int64_t dim : permutation)
      moved.push_back(split[dim]);
    SmallVector<int64_t> joined(moved.begin() + 1, moved.end());
    joined[0] = moved[0];
    joined[1] = moved[1] * moved[2];
    Value expanded = create("reshape", op.getFilter(), type.clone(split), {});
    Value transposed =
        create("transpose", expanded, type.clone(moved),
               {attribute("permutation", rewriter.getDenseI64ArrayAttr(permutation))});
    return create("reshape", transposed, type.clone(joined), {});
  }

  std::string dimensionNumbers() {
    std::string spatial, layout;
    for (int64_t dim = 0; dim < count; ++dim)
      spatial += ", " + std::to_string(dim);
    layout =
        op.getLayout() == Layout::ChannelsFirst ? "[b, f" + spatial + "]" : "[b" + spatial + ", f]";
    return "conv<" + layout + "x[i, o" + spatial + "]->" + layout + ">";
  }

  SmallVector<NamedAttribute> convolutionAttributes() {
    SmallVector<int64_t> padding, ones(count, 1);
    for (int64_t dim = 0; dim < count; ++dim) {
      ::tconv::DimAttributes attributes = op.getDimAttributes(dim);
      const int64_t reach = attributes.dilation * (op.getFilterType().getDimSize(dim + 2) - 1);
      padding.append({reach - attributes.paddingBegin,
                      reach - attributes.paddingEnd + attributes.outputPadding});
    }
    auto type = RankedTensorType::get({count, 2}, rewriter.getI64Type());
    SmallVector<bool> reversed(count, true);
    auto dims = OpaqueAttr::get(rewriter.getStringAttr("stablehlo"), dimensionNumbers(),
                                rewriter.getNoneType());
    return {attribute("batch_group_count", rewriter.getI64IntegerAttr(1)),
            attribute("dimension_numbers", dims),
            attribute("feature_group_count", rewriter.getI64IntegerAttr(op.getGroups())),
            attribute("lhs_dilation", rewriter.getDenseI64ArrayAttr(op.getStride())),
            attribute("padding", DenseIntElementsAttr::get(type, padding)),
            attribute("rhs_dilation", rewriter.getDenseI64ArrayAttr(op.getDilation())),
            attribute("window_reversal", rewriter.getDenseBoolArrayAttr(reversed)),
            attribute("window_strides", rewriter.getDenseI64ArrayAttr(ones))};
  }

  IRRewriter &rewriter;
  ConvTransposeOp op;
  Location loc;
  int64_t count;
};

/// Why StableHLO cannot say a layer; empty if it can.
StringRef findObstacle(ConvTransposeOp op) {
  if (!op.getFilterType().hasStaticShape() ||
      (op.getBias() && !op.getOutputType().hasStaticShape()))
    return "its filter, or the result that a bias is added to, has unknown sizes";
  if (!op.getZeroPoints().areDefault())
    return "its bytes are unsigned or have zero points";
  return "";
}

struct LowerToStablehloPass : mlir::tconv::impl::LowerToStablehloPassBase<LowerToStablehloPass> {
  void runOnOperation() override {
    if (!getContext().allowsUnregisteredDialects()) {
      getOperation()->emitError("expected --allow-unregistered-dialect: StableHLO is not here");
      return signalPassFailure();
    }
    IRRewriter rewriter(&getContext());
    getOperation()->walk([&](ConvTransposeOp op) {
      if (StringRef obstacle = findObstacle(op); !obstacle.empty()) {
        remark::missed(op.getLoc(), describeRemark())
            << "StableHLO cannot say the layer: " << remark::reason("{0}", obstacle);
        return;
      }
      rewriter.setInsertionPoint(op);
      rewriter.replaceOp(op, Lowering(rewriter, op).lower());
    });
  }
};

} // namespace
