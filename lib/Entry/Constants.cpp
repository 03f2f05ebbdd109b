//===- Constants.cpp - Values of the IR as tensors ------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Entry/Constants.h"

#include "tconv/IR/ElementTypes.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/DialectResourceBlobManager.h"
#include "mlir/IR/Matchers.h"

#include <cstring>

using namespace tconv;

namespace {

void fill(HostTensor &tensor, mlir::DenseElementsAttr elements) {
  int64_t position = 0;
  if (llvm::isa<mlir::FloatType>(elements.getElementType())) {
    bool lossless;
    for (llvm::APFloat value : elements.getValues<llvm::APFloat>()) {
      value.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven, &lossless);
      tensor.set(position++, value.convertToDouble());
    }
    return;
  }
  for (const llvm::APInt &value : elements.getValues<llvm::APInt>())
    tensor.setInt(position++, value.getSExtValue());
}

Status fill(HostTensor &tensor, mlir::DenseResourceElementsAttr resource) {
  mlir::AsmResourceBlob *blob = resource.getRawHandle().getBlob();
  if (!blob || static_cast<int64_t>(blob->getData().size()) != tensor.sizeInBytes())
    return Error{"expected " + std::to_string(tensor.sizeInBytes()) + " bytes in resource " +
                 resource.getRawHandle().getKey().str() + ", got " +
                 std::to_string(blob ? blob->getData().size() : 0)};
  if (tensor.sizeInBytes())
    std::memcpy(tensor.data(), blob->getData().data(), tensor.sizeInBytes());
  return success();
}

} // namespace

Result<HostTensor> tconv::toHostTensor(mlir::Attribute constant) {
  auto elements = llvm::dyn_cast<mlir::ElementsAttr>(constant);
  auto type = elements ? llvm::dyn_cast<mlir::RankedTensorType>(elements.getShapedType()) : nullptr;
  auto elementType = type ? mlir::tconv::elementTypeOf(type.getElementType()) : std::nullopt;
  if (!elementType)
    return Error{"expected a constant tensor of a supported element type", true};
  auto tensor = HostTensor::allocate(*elementType, std::vector<int64_t>(type.getShape()));
  if (!tensor)
    return tensor.error();
  if (auto dense = llvm::dyn_cast<mlir::DenseElementsAttr>(constant)) {
    fill(*tensor, dense);
    return tensor;
  }
  auto resource = llvm::dyn_cast<mlir::DenseResourceElementsAttr>(constant);
  if (!resource)
    return Error{"expected a dense or dense_resource constant", true};
  if (Status status = fill(*tensor, resource); !status)
    return status.error();
  return tensor;
}

Result<HostTensor> tconv::evaluate(mlir::Value value, const std::vector<HostTensor> &inputs) {
  while (auto cast = value.getDefiningOp<mlir::tensor::CastOp>())
    value = cast.getSource();
  if (auto argument = llvm::dyn_cast<mlir::BlockArgument>(value)) {
    bool isInput = argument.getOwner()->isEntryBlock() && argument.getArgNumber() < inputs.size();
    if (isInput)
      return inputs[argument.getArgNumber()].clone();
    return Error{"expected an input for each argument", true};
  }
  mlir::Attribute constant;
  if (mlir::matchPattern(value, mlir::m_Constant(&constant)))
    return toHostTensor(constant);
  return Error{"expected transposed convolutions of arguments and constants only, got one of a " +
                   value.getDefiningOp()->getName().getStringRef().str(),
               true};
}
