//===- GenericOps.cpp - Reading ops of dialects that are not here ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GenericOps.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace mlir::tconv;

Attribute mlir::tconv::getAttribute(Operation *op, StringRef name) {
  if (auto properties = dyn_cast_or_null<DictionaryAttr>(op->getPropertiesAsAttribute()))
    if (Attribute attribute = properties.get(name))
      return attribute;
  return op->getDiscardableAttrDictionary().get(name);
}

std::optional<StringRef> mlir::tconv::getOpaqueText(Operation *op, StringRef name) {
  auto opaque = dyn_cast_or_null<OpaqueAttr>(getAttribute(op, name));
  return opaque ? std::optional(opaque.getAttrData()) : std::nullopt;
}

std::optional<SmallVector<int64_t>> mlir::tconv::getIntegers(Operation *op, StringRef name) {
  Attribute attribute = getAttribute(op, name);
  SmallVector<int64_t> numbers;
  if (auto array = dyn_cast_or_null<DenseI64ArrayAttr>(attribute))
    return SmallVector<int64_t>(array.asArrayRef());
  if (auto flags = dyn_cast_or_null<DenseBoolArrayAttr>(attribute)) {
    llvm::append_range(numbers, flags.asArrayRef());
    return numbers;
  }
  if (auto dense = dyn_cast_or_null<DenseIntElementsAttr>(attribute)) {
    for (const APInt &number : dense.getValues<APInt>()) {
      if (number.getSignificantBits() > 64)
        return std::nullopt;
      numbers.push_back(number.getSExtValue());
    }
    return numbers;
  }
  auto array = dyn_cast_or_null<ArrayAttr>(attribute);
  if (!array)
    return std::nullopt;
  for (Attribute element : array) {
    auto number = dyn_cast<IntegerAttr>(element);
    if (!number || number.getValue().getSignificantBits() > 64)
      return std::nullopt;
    numbers.push_back(number.getValue().getSExtValue());
  }
  return numbers;
}

std::optional<int64_t> mlir::tconv::getInteger(Operation *op, StringRef name) {
  auto number = dyn_cast_or_null<IntegerAttr>(getAttribute(op, name));
  if (!number || number.getValue().getSignificantBits() > 64)
    return std::nullopt;
  return number.getType().isUnsignedInteger() ? number.getValue().getZExtValue()
                                              : number.getValue().getSExtValue();
}

std::optional<SmallVector<int64_t>> mlir::tconv::consumeIntegerList(StringRef &text) {
  StringRef rest = text;
  SmallVector<int64_t> numbers;
  if (!rest.consume_front("["))
    return std::nullopt;
  rest = rest.ltrim();
  while (!rest.consume_front("]")) {
    int64_t number;
    if (!numbers.empty() && !rest.consume_front(","))
      return std::nullopt;
    rest = rest.ltrim();
    if (rest.consumeInteger(10, number))
      return std::nullopt;
    numbers.push_back(number);
    rest = rest.ltrim();
  }
  text = rest;
  return numbers;
}
