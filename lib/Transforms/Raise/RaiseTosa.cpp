//===- RaiseTosa.cpp - tosa.transpose_conv2d as layers ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = tosa.transpose_conv2d %x, %w, %b, %xzp, %wzp
//       {acc_type = f32, out_pad = array<i64: -1, -1, -1, -1>, stride = array<i64: 2, 2>} : ...
//
// becomes
//
//   %f = linalg.transpose ins(%w : ...) outs(...) permutation = [3, 0, 1, 2]
//   %y = tconv.conv_transpose %x, %f, %b stride [2, 2] padding [1, 1] channels_last ...
//
// Integers that the op does not have are computed, less their zero points, in floats that hold
// every sum exactly.
//
// Test: test/Transforms/Raise/raise-tosa.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Raise/Passes.h"

#include "TracedTensor.h"

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tosa/IR/TosaOps.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/Remarks.h"
#include "llvm/Support/CheckedArithmetic.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RAISETOSAPASS
#include "tconv/Transforms/Raise/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::RemarkOpts describeRemark() {
  return remark::RemarkOpts::name("convolution").category("tconv-raise-tosa");
}

/// The only element of a constant tensor.
Attribute getElement(Value value) {
  DenseElementsAttr elements;
  if (!matchPattern(value, m_Constant(&elements)) || !elements.isSplat())
    return nullptr;
  return elements.getSplatValue<Attribute>();
}

/// A zero point, if it is known.
std::optional<int64_t> getZeroPoint(Value value) {
  Attribute element = getElement(value);
  if (auto number = dyn_cast_or_null<IntegerAttr>(element))
    return number.getValue().getSExtValue();
  auto number = dyn_cast_or_null<FloatAttr>(element);
  return number && number.getValue().isZero() ? std::optional<int64_t>(0) : std::nullopt;
}

class Raising {
public:
  Raising(IRRewriter &rewriter, tosa::TransposeConv2DOp op, std::string &obstacle)
      : rewriter(rewriter), op(op), loc(op.getLoc()), obstacle(obstacle) {}

  bool raise();

private:
  bool fail(const Twine &reason) {
    obstacle = reason.str();
    return false;
  }

  bool readTypes();
  bool chooseElementType();
  bool hasPossibleSizes();
  IntegerAttr zeroPointAttr(int64_t number) {
    return number == 0 ? IntegerAttr() : rewriter.getI64IntegerAttr(number);
  }
  Value convert(Value value, int64_t zeroPoint);
  Value createFilter();
  Value createLayer();
  Value addBias(Value sums);

  IRRewriter &rewriter;
  tosa::TransposeConv2DOp op;
  Location loc;
  std::string &obstacle;
  RankedTensorType input, filter, result;
  int64_t inputZeroPoint = 0, filterZeroPoint = 0;
  Type elementType; // of the operands of the layer
};

bool Raising::readTypes() {
  input = dyn_cast<RankedTensorType>(op.getInput().getType());
  filter = dyn_cast<RankedTensorType>(op.getWeight().getType());
  result = dyn_cast<RankedTensorType>(op.getType());
  auto bias = dyn_cast<RankedTensorType>(op.getBias().getType());
  auto isKnown = [](RankedTensorType type) { return type && type.getElementType().isIntOrFloat(); };
  if (!isKnown(input) || !isKnown(filter) || !isKnown(result) || !isKnown(bias))
    return fail("its tensors are not ranked, or not of integers or floats");
  std::optional<int64_t> inputZero = getZeroPoint(op.getInputZp());
  std::optional<int64_t> filterZero = getZeroPoint(op.getWeightZp());
  if (!inputZero || !filterZero)
    return fail("its zero points are not known");
  inputZeroPoint = *inputZero;
  filterZeroPoint = *filterZero;
  return true;
}

/// Whether some input has a result of these sizes. torch-mlir claims sizes of 1 where it does not
/// know them, and loses padding with them (as of LLVM 24): there is no telling what was meant.
bool Raising::hasPossibleSizes() {
  for (int64_t spatial = 0; spatial < 2; ++spatial) {
    const int64_t kernel = filter.getDimSize(spatial + 1);
    const int64_t size = result.getDimSize(spatial + 1);
    if (!input.isDynamicDim(spatial + 1) || ShapedType::isDynamic(size) ||
        ShapedType::isDynamic(kernel))
      continue;
    const int64_t left =
        size - kernel - op.getOutPad()[2 * spatial] - op.getOutPad()[2 * spatial + 1];
    if (left < 0 || left % op.getStride()[spatial] != 0)
      return fail("no input has a result of size " + Twine(size) + " in spatial dimension " +
                  Twine(spatial));
  }
  return true;
}

/// The largest absolute value of an integer less a zero point.
double largestOf(Type type, int64_t zeroPoint) {
  return std::ldexp(1.0, static_cast<int>(type.getIntOrFloatBitWidth()) - 1) +
         std::abs(static_cast<double>(zeroPoint));
}

/// The type of the op itself or, where it has none for these integers, a float in which
/// all sums are exact.
bool Raising::chooseElementType() {
  elementType = input.getElementType();
  const bool same = elementType == filter.getElementType();
  if (isa<FloatType>(elementType) || (same && elementType.isInteger(8)))
    return true;
  ArrayRef<int64_t> sizes = filter.getShape();
  if (!filter.hasStaticShape())
    return fail("its filter has unknown sizes, so that sums may not be exact");
  double largest = largestOf(input.getElementType(), inputZeroPoint) *
                   largestOf(filter.getElementType(), filterZeroPoint);
  for (int64_t size : sizes.drop_front())
    largest *= static_cast<double>(size);
  if (largest >= 0x1p53)
    return fail("its sums may exceed 53 bits");
  elementType = largest < 0x1p24 ? Type(rewriter.getF32Type()) : rewriter.getF64Type();
  return true;
}

/// Integers less their zero point, as floats, if the layer is of floats.
Value Raising::convert(Value value, int64_t zeroPoint) {
  auto type = cast<RankedTensorType>(value.getType());
  if (type.getElementType() == elementType)
    return value;
  auto wide = type.clone(elementType);
  Value numbers = arith::SIToFPOp::create(rewriter, loc, wide, value);
  if (zeroPoint == 0)
    return numbers;
  TypedAttr zero = rewriter.getFloatAttr(elementType, static_cast<double>(zeroPoint));
  Value scalar = arith::ConstantOp::create(rewriter, loc, zero);
  Value init = tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, value),
                                       elementType);
  Value zeros = linalg::FillOp::create(rewriter, loc, scalar, init).getResult(0);
  return arith::SubFOp::create(rewriter, loc, numbers, zeros);
}

/// `[Co, K, K, Ci]` as `[Ci, Co, K, K]`.
Value Raising::createFilter() {
  TracedTensor traced = TracedTensor::trace(op.getWeight());
  Arrangement arrangement;
  for (int64_t dim : {3, 0, 1, 2})
    arrangement.push_back(traced.dims[dim].factors);
  const bool whole = llvm::all_of(traced.dims, [](const TracedDim &dim) { return dim.whole; });
  if (whole)
    return traced.arrange(rewriter, loc, arrangement);
  return TracedTensor::leaf(op.getWeight()).arrange(rewriter, loc, {{3}, {0}, {1}, {2}});
}

Value Raising::createLayer() {
  ArrayRef<int64_t> pad = op.getOutPad();
  int64_t begins[] = {-pad[0], -pad[2]}, ends[] = {-pad[1], -pad[3]};
  int64_t ones[] = {1, 1}, zeros[] = {0, 0};
  Type filterElement = filter.getElementType();
  auto filterType = RankedTensorType::get(
      {filter.getDimSize(3), filter.getDimSize(0), filter.getDimSize(1), filter.getDimSize(2)},
      isa<FloatType>(filterElement) ? filterElement : elementType);
  Type sumType = elementType.isInteger(8) ? rewriter.getI32Type() : elementType;
  auto biasType = cast<RankedTensorType>(op.getBias().getType());
  const bool addsBias =
      biasType.getElementType() == sumType && biasType.getDimSize(0) == filter.getDimSize(0);
  Value bias = addsBias ? op.getBias() : Value();
  ConvTransposeSignature signature{input.clone(elementType),
                                   filterType,
                                   bias ? cast<RankedTensorType>(bias.getType())
                                        : RankedTensorType(),
                                   result.clone(sumType),
                                   op.getStride(),
                                   begins,
                                   ends,
                                   ones,
                                   zeros,
                                   1,
                                   Layout::ChannelsLast};
  if (elementType.isInteger(8))
    signature.zeroPoints = {inputZeroPoint, filterZeroPoint, /*inputUnsigned=*/false};
  if (::tconv::Status status = signature.verify(); !status)
    return fail(status.message()), Value();
  Value layer = ConvTransposeOp::create(
      rewriter, loc, signature.output, convert(op.getInput(), inputZeroPoint),
      convert(createFilter(), filterZeroPoint), bias, op.getStride(), begins, ends, ones, zeros,
      /*groups=*/1, Layout::ChannelsLast, KernelScheduleAttr(),
      zeroPointAttr(signature.zeroPoints.input), zeroPointAttr(signature.zeroPoints.filter));
  if (isa<FloatType>(elementType) && isa<IntegerType>(result.getElementType()))
    layer = arith::FPToSIOp::create(rewriter, loc, result, layer);
  return bias ? layer : addBias(layer);
}

/// Adds a bias of the result's type, or of one element, to sums of that type.
Value Raising::addBias(Value sums) {
  Attribute element = getElement(op.getBias());
  if (element &&
      (matchPattern(op.getBias(), m_Zero()) || matchPattern(op.getBias(), m_AnyZeroFloat())))
    return sums;
  const bool isOne = cast<RankedTensorType>(op.getBias().getType()).getDimSize(0) == 1;
  AffineExpr channel = isOne ? rewriter.getAffineConstantExpr(0) : rewriter.getAffineDimExpr(3);
  AffineMap identity = rewriter.getMultiDimIdentityMap(4);
  AffineMap maps[] = {identity, AffineMap::get(4, 0, channel), identity};
  Value init = tensor::EmptyOp::create(rewriter, loc, tensor::getMixedSizes(rewriter, loc, sums),
                                       result.getElementType());
  SmallVector<utils::IteratorType> loops(4, utils::IteratorType::parallel);
  auto add = [](OpBuilder &builder, Location at, ValueRange numbers) {
    Value sum = isa<FloatType>(numbers[0].getType())
                    ? arith::AddFOp::create(builder, at, numbers[0], numbers[1]).getResult()
                    : arith::AddIOp::create(builder, at, numbers[0], numbers[1]).getResult();
    linalg::YieldOp::create(builder, at, sum);
  };
  return linalg::GenericOp::create(rewriter, loc, init.getType(), ValueRange{sums, op.getBias()},
                                   init, maps, loops, add)
      .getResult(0);
}

bool Raising::raise() {
  if (!readTypes() || !hasPossibleSizes() || !chooseElementType())
    return false;
  rewriter.setInsertionPoint(op);
  Value layer = createLayer();
  if (!layer)
    return false;
  if (layer.getType() != result)
    layer = tensor::CastOp::create(rewriter, loc, result, layer);
  rewriter.replaceOp(op, layer);
  return true;
}

struct RaiseTosaPass : mlir::tconv::impl::RaiseTosaPassBase<RaiseTosaPass> {
  void runOnOperation() override {
    SmallVector<tosa::TransposeConv2DOp> ops;
    getOperation()->walk([&](tosa::TransposeConv2DOp op) { ops.push_back(op); });
    IRRewriter rewriter(&getContext());
    for (tosa::TransposeConv2DOp op : ops) {
      const Location loc = op.getLoc();
      std::string obstacle;
      if (Raising(rewriter, op, obstacle).raise())
        remark::passed(loc, describeRemark())
            << "tosa.transpose_conv2d is a transposed convolution";
      else
        remark::missed(loc, describeRemark())
            << "tosa.transpose_conv2d is left as it is: " << remark::reason("{0}", obstacle);
    }
  }
};

} // namespace
