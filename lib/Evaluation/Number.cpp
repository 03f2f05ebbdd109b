//===- Number.cpp - Elements of tensors that are evaluated ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each number goes with a bound of its error: floats as doubles, integers exactly in 64 bits,
// wrapped to their width after each op. Functions of ops are looked up by what they give: floats,
// integers, or one from the other.
//
//===----------------------------------------------------------------------===//

#include "Number.h"

#include "tconv/Support/Errors.h"

#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Operation.h"
#include "llvm/Support/raw_ostream.h"

using namespace tconv;

Result<NumberType> NumberType::of(mlir::Type type) {
  type = mlir::getElementTypeOrSelf(type);
  if (type.isIndex())
    return NumberType{ElementType::I64, 64};
  std::string text;
  llvm::raw_string_ostream(text) << type;
  std::optional<ElementType> element = parseElementType(text);
  if (element)
    return NumberType{*element, type.getIntOrFloatBitWidth()};
  // Integers that no file holds: between two ops that are.
  if (auto integer = llvm::dyn_cast<mlir::IntegerType>(type); integer && integer.getWidth() <= 64)
    return NumberType{ElementType::I64, integer.getWidth()};
  return unsupported("--check does not know numbers of type " + text);
}

int64_t tconv::wrap(int64_t value, unsigned width) {
  if (width == 1)
    return value & 1;
  return width >= 64
             ? value
             : static_cast<int64_t>(static_cast<uint64_t>(value) << (64 - width)) >> (64 - width);
}

Result<NumberFunction> tconv::findFunction(mlir::Operation *op) {
  Result<NumberType> result = NumberType::of(op->getResult(0).getType());
  if (!result)
    return result.error();
  for (auto *find : {findFloatFunction, findIntegerFunction, findMixedFunction})
    if (NumberFunction function = find(op, *result))
      return function;
  return unsupported("--check has no definition of " + op->getName().getStringRef().str());
}

Result<NumberTensor> NumberTensor::allocate(NumberType type, std::vector<int64_t> shape) {
  Result<HostTensor> value =
      HostTensor::allocate(type.isFloat() ? ElementType::F64 : ElementType::I64, shape);
  if (!value)
    return value.error();
  Result<HostTensor> bound = HostTensor::allocate(ElementType::F64, std::move(shape));
  if (!bound)
    return bound.error();
  NumberTensor tensor;
  tensor.numberType = type;
  tensor.value = std::move(*value);
  tensor.bound = std::move(*bound);
  return tensor;
}

Result<NumberTensor> NumberTensor::of(const HostTensor &tensor) {
  const NumberType type{tensor.type(), tensor.type() == ElementType::I1
                                           ? 1u
                                           : static_cast<unsigned>(8 * byteSize(tensor.type()))};
  Result<NumberTensor> numbers = allocate(type, tensor.shape());
  if (!numbers)
    return numbers;
  for (int64_t i = 0; i < tensor.numElements(); ++i)
    numbers->set(i, type.isFloat() ? Number::of(Bounded{tensor.at(i), 0})
                                   : Number::of(tensor.intAt(i)));
  return numbers;
}

NumberTensor NumberTensor::of(NumberType type, Number number) {
  NumberTensor tensor = std::move(*allocate(type, {}));
  tensor.set(0, number);
  return tensor;
}

bool NumberTensor::isExact() const {
  for (int64_t i = 0; i < numElements(); ++i)
    if (bound.at(i) != 0)
      return false;
  return true;
}

Number NumberTensor::at(int64_t linear) const {
  const double allowed = bound.at(linear);
  return numberType.isFloat() ? Number::of(Bounded{value.at(linear), allowed})
                              : Number::of(value.intAt(linear), allowed);
}

void NumberTensor::set(int64_t linear, const Number &number) {
  if (numberType.isFloat())
    value.set(linear, number.real.value);
  else
    value.setInt(linear, number.integer);
  bound.set(linear, number.real.bound);
}

Result<NumberTensor> NumberTensor::reshape(std::vector<int64_t> shape) const {
  Result<NumberTensor> result = allocate(numberType, std::move(shape));
  if (result && result->numElements() != numElements())
    return Error{"expected as many elements after a reshape as before it"};
  for (int64_t i = 0; result && i < numElements(); ++i)
    result->set(i, at(i));
  return result;
}

void tconv::forEachIndex(const std::vector<int64_t> &shape,
                         llvm::function_ref<void(const std::vector<int64_t> &)> visit) {
  if (llvm::is_contained(shape, 0))
    return;
  std::vector<int64_t> index(shape.size(), 0);
  while (true) {
    visit(index);
    size_t dim = shape.size();
    while (dim > 0 && ++index[dim - 1] == shape[dim - 1])
      index[--dim] = 0;
    if (dim == 0)
      return;
  }
}

int64_t tconv::linearize(llvm::ArrayRef<int64_t> index, const std::vector<int64_t> &shape) {
  int64_t linear = 0;
  for (size_t dim = 0; dim < shape.size(); ++dim)
    linear = linear * shape[dim] + index[dim];
  return linear;
}
