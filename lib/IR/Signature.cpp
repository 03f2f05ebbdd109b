//===- Signature.cpp - How a function is called ---------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/Signature.h"

#include "tconv/IR/TconvDialect.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace mlir::tconv;

/// The arguments that are inputs, and no packed filters.
static SmallVector<unsigned> inputsOf(FunctionOpInterface function) {
  SmallVector<unsigned> numbers;
  for (unsigned number = 0; number < function.getNumArguments(); ++number)
    if (!function.getArgAttr(number, TconvDialect::kPackedAttrName))
      numbers.push_back(number);
  return numbers;
}

/// The types with a buffer in C order for each tensor.
static SmallVector<Type> onBuffers(TypeRange types) {
  return llvm::map_to_vector(types, [](Type type) -> Type {
    auto tensor = dyn_cast<RankedTensorType>(type);
    return tensor ? MemRefType::get(tensor.getShape(), tensor.getElementType()) : type;
  });
}

bool mlir::tconv::hasRecordedSignature(FunctionOpInterface function) {
  return function->hasAttr(signatureAttrName);
}

void mlir::tconv::recordSignature(FunctionOpInterface function) {
  SmallVector<int64_t> constants = getConstantInputs(function);
  FunctionType type = getSignature(function);
  function->setAttr(signatureAttrName, TypeAttr::get(FunctionType::get(
                                           function->getContext(), onBuffers(type.getInputs()),
                                           onBuffers(type.getResults()))));
  if (!constants.empty())
    function->setAttr(constantInputsAttrName,
                      DenseI64ArrayAttr::get(function->getContext(), constants));
}

FunctionType mlir::tconv::getSignature(FunctionOpInterface function) {
  if (auto recorded = function->getAttrOfType<TypeAttr>(signatureAttrName))
    return cast<FunctionType>(recorded.getValue());
  SmallVector<Type> inputs = llvm::map_to_vector(
      inputsOf(function), [&](unsigned number) { return function.getArgumentTypes()[number]; });
  return FunctionType::get(function->getContext(), inputs, function.getResultTypes());
}

SmallVector<int64_t> mlir::tconv::getConstantInputs(FunctionOpInterface function) {
  if (hasRecordedSignature(function)) {
    auto recorded = function->getAttrOfType<DenseI64ArrayAttr>(constantInputsAttrName);
    return recorded ? SmallVector<int64_t>(recorded.asArrayRef()) : SmallVector<int64_t>();
  }
  SmallVector<int64_t> constants;
  for (auto [input, number] : llvm::enumerate(inputsOf(function)))
    if (function.getArgAttr(number, TconvDialect::kConstantAttrName))
      constants.push_back(static_cast<int64_t>(input));
  return constants;
}
