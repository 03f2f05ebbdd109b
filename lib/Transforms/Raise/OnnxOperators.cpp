//===- OnnxOperators.cpp - torch.operator of ONNX -------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// torch-mlir imports an ONNX model as `torch.operator "onnx.NAME"`. Models themselves are
// read by tconv-import-onnx, which knows more operators.
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"
#include "LayerSpec.h"
#include "NumberFunctions.h"
#include "Torch.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Diagnostics.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// An attribute of the operator, as torch-mlir prefixes it.
std::string attributeName(StringRef name) { return ("torch.onnx." + name).str(); }

/// Reads a ConvTranspose.
class ConvTranspose {
public:
  explicit ConvTranspose(const TorchOp &op) : op(op) {}

  FailureOr<Value> raise() {
    const unsigned operands = op.op->getNumOperands();
    if (operands < 2 || operands > 3)
      return op.op->emitOpError("expected 2 or 3 operands, got ") << operands;
    spec.input = op.tensor(0);
    spec.filter = op.tensor(1);
    if (operands == 3 && !isNone(op.op->getOperand(2)))
      spec.bias = op.tensor(2);
    const bool lacksBias = operands == 3 && !spec.bias && !isNone(op.op->getOperand(2));
    if (!spec.input || !spec.filter || lacksBias || op.type.getRank() < 3)
      return Value();
    spec.result = op.type;
    input = cast<RankedTensorType>(spec.input.getType());
    filter = cast<RankedTensorType>(spec.filter.getType());
    if (input.getRank() != op.type.getRank() || filter.getRank() != op.type.getRank())
      return op.op->emitOpError("expected an input, a filter and a result of the same rank, got ")
             << input << ", " << filter << " and " << op.type;
    count = static_cast<size_t>(input.getRank() - 2);
    if (failed(readNumbers()) || failed(checkKernel()) || failed(readPadding()))
      return failure();
    return emitLayer(op.builder, op.op->getLoc(), "onnx.ConvTranspose", spec);
  }

private:
  /// Integers of an attribute, `length` of them, or the default.
  FailureOr<SmallVector<int64_t>> read(StringRef name, size_t length, int64_t otherwise) {
    if (!getAttribute(op.op, attributeName(name)))
      return SmallVector<int64_t>(length, otherwise);
    auto numbers = getIntegers(op.op, attributeName(name));
    if (!numbers || numbers->size() != length)
      return op.op->emitOpError("expected ")
             << length << " integers of " << name << ", got " << (numbers ? numbers->size() : 0);
    return *numbers;
  }

  LogicalResult readNumbers() {
    FailureOr<SmallVector<int64_t>> stride = read("strides", count, 1);
    FailureOr<SmallVector<int64_t>> dilation = read("dilations", count, 1);
    FailureOr<SmallVector<int64_t>> outputPadding = read("output_padding", count, 0);
    if (failed(stride) || failed(dilation) || failed(outputPadding))
      return failure();
    spec.stride = *stride;
    spec.dilation = *dilation;
    spec.outputPadding = *outputPadding;
    std::optional<int64_t> groups = getInteger(op.op, attributeName("group"));
    spec.groups = groups.value_or(1);
    for (int64_t number : llvm::concat<int64_t>(spec.stride, spec.dilation, spec.outputPadding))
      if (number < 0 || number >= int64_t(1) << 31)
        return op.op->emitOpError("expected numbers from 0 to 2^31, got ") << number;
    return success();
  }

  LogicalResult checkKernel() {
    if (!getAttribute(op.op, attributeName("kernel_shape")))
      return success();
    FailureOr<SmallVector<int64_t>> kernel = read("kernel_shape", count, 1);
    if (failed(kernel))
      return failure();
    for (size_t dim = 0; dim < count; ++dim)
      if (!filter.isDynamicDim(dim + 2) && (*kernel)[dim] != filter.getDimSize(dim + 2))
        return op.op->emitOpError("expected a kernel_shape of ")
               << filter.getDimSize(dim + 2) << " in spatial dimension " << dim
               << ", as the filter's, got " << (*kernel)[dim];
    return success();
  }

  LogicalResult readPadding() {
    auto mode = dyn_cast_or_null<StringAttr>(getAttribute(op.op, attributeName("auto_pad")));
    StringRef name = mode ? mode.getValue() : "NOTSET";
    const bool same = name == "SAME_UPPER" || name == "SAME_LOWER";
    if (!same && name != "NOTSET" && name != "VALID" && !name.empty())
      return op.op->emitOpError("expected an auto_pad of NOTSET, VALID, SAME_UPPER or SAME_LOWER, "
                                "got ")
             << name;
    if (getAttribute(op.op, attributeName("output_shape"))) {
      FailureOr<SmallVector<int64_t>> shape = read("output_shape", count, 0);
      return failed(shape) ? failure() : splitPadding(*shape, name == "SAME_UPPER");
    }
    if (same)
      return splitPadding({}, name == "SAME_UPPER");
    FailureOr<SmallVector<int64_t>> pads = read("pads", 2 * count, 0);
    if (failed(pads))
      return failure();
    if (name == "VALID")
      pads->assign(2 * count, 0);
    spec.begin.assign(pads->begin(), pads->begin() + static_cast<int64_t>(count));
    spec.end.assign(pads->begin() + static_cast<int64_t>(count), pads->end());
    return success();
  }

  /// The padding that gives a shape, or that multiplies sizes by the stride.
  LogicalResult splitPadding(ArrayRef<int64_t> shape, bool upper) {
    for (size_t dim = 0; dim < count; ++dim) {
      const int64_t size = input.getDimSize(dim + 2), kernel = filter.getDimSize(dim + 2);
      if (ShapedType::isDynamic(kernel) || (!shape.empty() && ShapedType::isDynamic(size)) ||
          kernel >= int64_t(1) << 31 || size >= int64_t(1) << 31)
        return op.op->emitOpError("expected known sizes beside an auto_pad or output_shape");
      // Of sizes times the stride nothing of the input's size is left.
      const int64_t left =
          shape.empty() ? -spec.stride[dim] : spec.stride[dim] * (size - 1) - shape[dim];
      const int64_t total = left + spec.outputPadding[dim] + (kernel - 1) * spec.dilation[dim] + 1;
      // What is beyond the natural size is added at the end.
      const int64_t cut = std::max<int64_t>(total, 0);
      spec.begin.push_back(upper ? cut / 2 : cut - cut / 2);
      spec.end.push_back(total - spec.begin.back());
    }
    return success();
  }

  const TorchOp &op;
  LayerSpec spec;
  RankedTensorType input, filter;
  size_t count = 0;
};

/// The inputs of an operator as tensors; null where one is none.
std::optional<SmallVector<Value>> inputsOf(const TorchOp &op, unsigned count) {
  SmallVector<Value> inputs;
  for (unsigned number = 0; number < count; ++number) {
    inputs.push_back(op.tensor(number));
    if (!inputs.back())
      return std::nullopt;
  }
  return inputs;
}

Value lowerConstant(const TorchOp &op) {
  auto value = dyn_cast_or_null<ElementsAttr>(getAttribute(op.op, attributeName("value")));
  return value && value.getShapedType() == op.type
             ? arith::ConstantOp::create(op.builder, op.op->getLoc(), cast<TypedAttr>(value))
                   .getResult()
             : Value();
}

double floatOf(const TorchOp &op, StringRef name, double otherwise) {
  auto number = dyn_cast_or_null<FloatAttr>(getAttribute(op.op, attributeName(name)));
  return number ? number.getValueAsDouble() : otherwise;
}

/// gamma * (x - mean) / sqrt(variance + epsilon) + beta
Value lowerBatchNormalization(const TorchOp &op) {
  auto inputs = inputsOf(op, 5);
  Type elementType = op.type.getElementType();
  if (!inputs || !isa<FloatType>(elementType) || op.type.getRank() < 2)
    return nullptr;
  TensorOps ops(op.builder, op.op->getLoc());
  SmallVector<Value> columns{(*inputs)[0]};
  for (Value vector : ArrayRef(*inputs).drop_front()) {
    auto type = cast<RankedTensorType>(vector.getType());
    if (type.getRank() != 1 || type.getElementType() != elementType)
      return nullptr;
    SmallVector<int64_t> shape(op.type.getRank() - 1, 1);
    shape[0] = type.getDimSize(0);
    columns.push_back(ops.reshape(type.clone(shape), vector));
    if (!columns.back())
      return nullptr;
  }
  const double epsilon = floatOf(op, "epsilon", 1e-5);
  unsigned arity;
  auto call = [&](OpBuilder &builder, Location loc, StringRef name, ValueRange numbers) {
    return findNumberFunction(name, elementType, arity)(builder, loc, numbers);
  };
  return ops.map(op.type, columns, [&](OpBuilder &builder, Location loc, ValueRange numbers) {
    Value small =
        arith::ConstantOp::create(builder, loc, builder.getFloatAttr(elementType, epsilon));
    Value deviation = call(builder, loc, "sqrt", {call(builder, loc, "add", {numbers[4], small})});
    Value centred = call(builder, loc, "subtract", {numbers[0], numbers[3]});
    Value scale = call(builder, loc, "divide", {numbers[1], deviation});
    return call(builder, loc, "add",
                {call(builder, loc, "multiply", {centred, scale}), numbers[2]});
  });
}

/// max(x, 0) + slope * min(x, 0)
Value lowerLeakyRelu(const TorchOp &op) {
  auto inputs = inputsOf(op, 1);
  if (!inputs || !isa<FloatType>(op.type.getElementType()))
    return nullptr;
  TensorOps ops(op.builder, op.op->getLoc());
  if (!op.type.hasStaticShape())
    return nullptr;
  unsigned arity;
  auto call = [&](StringRef name, Value a, Value b) {
    return ops.map(op.type, {a, b}, findNumberFunction(name, op.type.getElementType(), arity));
  };
  Value zero = ops.splat(op.type, 0), slope = ops.splat(op.type, floatOf(op, "alpha", 0.01));
  return call("add", call("maximum", (*inputs)[0], zero),
              call("multiply", slope, call("minimum", (*inputs)[0], zero)));
}

Value lowerNumbers(const TorchOp &op, StringRef name) {
  StringRef numpy = llvm::StringSwitch<StringRef>(name)
                        .Case("Add", "add")
                        .Case("Div", "divide")
                        .Case("Erf", "erf")
                        .Case("Exp", "exp")
                        .Case("Mul", "multiply")
                        .Case("Neg", "negative")
                        .Case("Relu", "relu")
                        .Case("Sigmoid", "logistic")
                        .Case("Sqrt", "sqrt")
                        .Case("Sub", "subtract")
                        .Case("Tanh", "tanh")
                        .Default("");
  unsigned arity = 0;
  NumberFunction function = findNumberFunction(numpy, op.type.getElementType(), arity);
  auto inputs = function ? inputsOf(op, arity) : std::nullopt;
  if (!inputs || op.op->getNumOperands() != arity || !llvm::all_of(*inputs, [&](Value input) {
        return getElementTypeOrSelf(input) == op.type.getElementType();
      }))
    return nullptr;
  return TensorOps(op.builder, op.op->getLoc()).map(op.type, *inputs, function);
}

} // namespace

FailureOr<Value> mlir::tconv::raiseOnnxOperator(const TorchOp &op) {
  auto attribute = dyn_cast_or_null<StringAttr>(getAttribute(op.op, "name"));
  StringRef name = attribute ? attribute.getValue() : "";
  if (!name.consume_front("onnx."))
    return Value();
  if (name == "ConvTranspose")
    return ConvTranspose(op).raise();
  if (name == "Constant")
    return lowerConstant(op);
  if (name == "BatchNormalization")
    return lowerBatchNormalization(op);
  if (name == "LeakyRelu")
    return lowerLeakyRelu(op);
  if (name == "Identity")
    return op.tensor(0);
  return lowerNumbers(op, name);
}
