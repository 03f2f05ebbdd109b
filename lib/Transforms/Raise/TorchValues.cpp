//===- TorchValues.cpp - Types and constants of torch ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Modules are read without torch-mlir's dialect: types are texts of an unregistered dialect,
// constants are ops with an attribute called value, and lists are ops of them.
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"
#include "Torch.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

Type getElementType(StringRef name, MLIRContext *context) {
  Builder builder(context);
  return llvm::StringSwitch<Type>(name)
      .Case("f64", builder.getF64Type())
      .Case("f32", builder.getF32Type())
      .Case("f16", builder.getF16Type())
      .Case("bf16", builder.getBF16Type())
      .Case("si64", builder.getI64Type())
      .Case("si32", builder.getI32Type())
      .Case("si16", builder.getI16Type())
      .Case("si8", builder.getI8Type())
      .Case("i1", builder.getI1Type())
      .Default(Type());
}

Operation *findConstant(Value value, StringRef name) {
  Operation *op = value.getDefiningOp();
  return op && op->getName().getStringRef() == name ? op : nullptr;
}

} // namespace

RankedTensorType mlir::tconv::getTensorType(Type torchType) {
  if (auto tensor = dyn_cast<RankedTensorType>(torchType))
    return tensor;
  auto opaque = dyn_cast<OpaqueType>(torchType);
  if (!opaque || opaque.getDialectNamespace() != "torch")
    return nullptr;
  StringRef text = opaque.getTypeData();
  if (!text.consume_front("vtensor<[") || !text.consume_back(">"))
    return nullptr;
  auto [sizes, elementName] = text.split(']');
  if (!elementName.consume_front(","))
    return nullptr;
  Type elementType = getElementType(elementName.trim(), torchType.getContext());
  SmallVector<int64_t> shape;
  SmallVector<StringRef> names;
  sizes.split(names, ',', -1, /*KeepEmpty=*/false);
  for (StringRef name : names) {
    int64_t size = ShapedType::kDynamic;
    if (name.trim() != "?" && (name.trim().getAsInteger(10, size) || size < 0))
      return nullptr;
    shape.push_back(size);
  }
  return elementType ? RankedTensorType::get(shape, elementType) : RankedTensorType();
}

bool mlir::tconv::isNone(Value value) { return findConstant(value, "torch.constant.none"); }

std::optional<int64_t> mlir::tconv::getTorchInteger(Value value) {
  for (StringRef name : {"torch.constant.int", "torch.constant.bool"})
    if (Operation *op = findConstant(value, name))
      return name.ends_with("bool") && getAttribute(op, "value")
                 ? std::optional<int64_t>(getAttribute(op, "value") ==
                                          BoolAttr::get(op->getContext(), true))
                 : getInteger(op, "value");
  return std::nullopt;
}

std::optional<double> mlir::tconv::getTorchNumber(Value value) {
  if (Operation *op = findConstant(value, "torch.constant.float"))
    if (auto number = dyn_cast_or_null<FloatAttr>(getAttribute(op, "value")))
      return number.getValueAsDouble();
  std::optional<int64_t> integer = getTorchInteger(value);
  return integer ? std::optional(static_cast<double>(*integer)) : std::nullopt;
}

std::optional<SmallVector<int64_t>> mlir::tconv::getTorchIntegers(Value value) {
  Operation *op = findConstant(value, "torch.prim.ListConstruct");
  if (!op)
    return std::nullopt;
  SmallVector<int64_t> numbers;
  for (Value operand : op->getOperands()) {
    std::optional<int64_t> number = getTorchInteger(operand);
    if (!number)
      return std::nullopt;
    numbers.push_back(*number);
  }
  return numbers;
}

StringRef mlir::tconv::getNumpyName(StringRef name) {
  return llvm::StringSwitch<StringRef>(name.split('.').first)
      .Case("add", "add")
      .Case("div", "divide")
      .Case("mul", "multiply")
      .Case("neg", "negative")
      .Case("pow", "power")
      .Case("round", "rint")
      .Case("sigmoid", "logistic")
      .Case("sub", "subtract")
      .Cases({"abs", "ceil", "cos", "erf", "exp", "expm1", "floor"}, name.split('.').first)
      .Cases({"log", "log1p", "maximum", "minimum", "reciprocal", "relu", "rsqrt"},
             name.split('.').first)
      .Cases({"sin", "sqrt", "square", "tanh"}, name.split('.').first)
      .Default("");
}

Type mlir::tconv::getDtype(int64_t code, MLIRContext *context) {
  Builder builder(context);
  switch (code) { // torch.dtype's numbers
  case 1:
    return builder.getI8Type();
  case 3:
    return builder.getI32Type();
  case 4:
    return builder.getI64Type();
  case 5:
    return builder.getF16Type();
  case 6:
    return builder.getF32Type();
  case 7:
    return builder.getF64Type();
  case 11:
    return builder.getI1Type();
  case 15:
    return builder.getBF16Type();
  default:
    return Type();
  }
}
