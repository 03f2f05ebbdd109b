//===- Evaluate.cpp - Functions of the IR, by the reference ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "tconv/Entry/Constants.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Support/Errors.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/SetVector.h"

using namespace tconv;

namespace {

/// The ops that the results of a block depend on, in their order.
std::vector<mlir::Operation *> findNeeded(mlir::Block &block) {
  llvm::SetVector<mlir::Operation *> needed;
  auto need = [&](mlir::Operation *op) {
    op->walk([&](mlir::Operation *inner) {
      for (mlir::Value operand : inner->getOperands())
        if (mlir::Operation *definition = operand.getDefiningOp();
            definition && definition->getBlock() == &block)
          needed.insert(definition);
    });
  };
  need(block.getTerminator());
  for (size_t i = 0; i < needed.size(); ++i)
    need(needed[i]);
  std::vector<mlir::Operation *> ops;
  for (mlir::Operation &op : block)
    if (needed.contains(&op))
      ops.push_back(&op);
  return ops;
}

} // namespace

Error tconv::noDefinition(mlir::Operation *op) {
  return unsupported("--check has no definition of " + op->getName().getStringRef().str());
}

Result<Evaluator::Tensors> Evaluator::run(mlir::func::FuncOp function, const Tensors &arguments) {
  if (!function.getBody().hasOneBlock())
    return unsupported("--check takes functions of a single block");
  mlir::Block &block = function.getBody().front();
  for (auto [argument, tensor] : llvm::zip_equal(block.getArguments(), arguments))
    values[argument] = tensor;
  for (mlir::Operation *op : findNeeded(block))
    if (Status status = evaluate(op); !status)
      return status.error();
  Tensors results;
  for (mlir::Value value : block.getTerminator()->getOperands())
    results.push_back(values.lookup(value));
  return results;
}

Status Evaluator::evaluate(mlir::Operation *op) {
  if (auto call = mlir::dyn_cast<mlir::func::CallOp>(op)) {
    auto callee =
        mlir::SymbolTable::lookupNearestSymbolFrom<mlir::func::FuncOp>(op, call.getCalleeAttr());
    if (!callee || callee.isExternal())
      return noDefinition(op);
    Tensors arguments;
    for (mlir::Value operand : call.getOperands())
      arguments.push_back(values.lookup(operand));
    Result<Tensors> results = Evaluator(options).run(callee, arguments);
    if (!results)
      return results.error();
    for (auto [value, tensor] : llvm::zip_equal(op->getResults(), *results))
      values[value] = tensor;
    return success();
  }
  if (auto linalg = mlir::dyn_cast<mlir::linalg::LinalgOp>(op))
    return evaluateLinalg(linalg);
  if (auto cast = mlir::dyn_cast<mlir::tensor::CastOp>(op)) {
    values[cast.getDest()] = values.lookup(cast.getSource());
    return success();
  }
  if (op->getNumResults() != 1)
    return noDefinition(op);
  Result<NumberTensor> result = evaluateOne(op);
  if (!result)
    return result.error();
  set(op->getResult(0), std::move(*result));
  return success();
}

Result<NumberTensor> Evaluator::evaluateOne(mlir::Operation *op) {
  mlir::Attribute constant;
  mlir::Type type = op->getResult(0).getType();
  if (mlir::matchPattern(op, mlir::m_Constant(&constant)))
    return evaluateConstant(constant, type);
  if (auto layer = mlir::dyn_cast<mlir::tconv::ConvTransposeOp>(op))
    return evaluateLayer(layer);
  if (auto apply = mlir::dyn_cast<mlir::affine::AffineApplyOp>(op))
    return evaluateAffine(apply.getMap(), op->getOperands(), true, type);
  if (auto minimum = mlir::dyn_cast<mlir::affine::AffineMinOp>(op))
    return evaluateAffine(minimum.getMap(), op->getOperands(), true, type);
  if (auto maximum = mlir::dyn_cast<mlir::affine::AffineMaxOp>(op))
    return evaluateAffine(maximum.getMap(), op->getOperands(), false, type);
  if (mlir::OpTrait::hasElementwiseMappableTraits(op))
    return evaluateElementwise(op);
  return evaluateTensorOp(op);
}

Result<NumberTensor> Evaluator::evaluateConstant(mlir::Attribute constant, mlir::Type type) {
  if (mlir::isa<mlir::ElementsAttr>(constant)) {
    Result<HostTensor> tensor = toHostTensor(constant);
    return tensor ? NumberTensor::of(*tensor) : TensorResult(tensor.error());
  }
  Result<NumberType> numberType = NumberType::of(type);
  if (!numberType)
    return numberType.error();
  if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(constant))
    return NumberTensor::of(*numberType,
                            Number::of(wrap(integer.getValue().getSExtValue(), numberType->width)));
  if (auto number = mlir::dyn_cast<mlir::FloatAttr>(constant))
    return NumberTensor::of(*numberType, Number::of(Bounded{number.getValueAsDouble(), 0}));
  return unsupported("--check does not know a constant of its kind");
}

Result<NumberTensor> Evaluator::evaluateElementwise(mlir::Operation *op) {
  Result<NumberFunction> function = findFunction(op);
  if (!function)
    return function.error();
  Result<NumberType> type = NumberType::of(op->getResult(0).getType());
  if (!type)
    return type.error();
  // An operand of rank 0 beside tensors is the same for all elements: the condition of a select.
  std::vector<const NumberTensor *> operands;
  std::vector<int64_t> shape;
  for (mlir::Value operand : op->getOperands()) {
    operands.push_back(&get(operand));
    if (!operands.back()->shape().empty())
      shape = operands.back()->shape();
  }
  for (const NumberTensor *operand : operands)
    if (!operand->shape().empty() && operand->shape() != shape)
      return Error{"expected operands of one shape in " + op->getName().getStringRef().str()};
  Result<NumberTensor> result = NumberTensor::allocate(*type, shape);
  llvm::SmallVector<Number> elements(operands.size());
  for (int64_t i = 0; result && i < result->numElements(); ++i) {
    for (auto [element, operand] : llvm::zip_equal(elements, operands))
      element = operand->at(operand->shape().empty() ? 0 : i);
    result->set(i, (*function)(elements));
  }
  return result;
}

Result<NumberTensor> Evaluator::evaluateAffine(mlir::AffineMap map, mlir::ValueRange operands,
                                               bool isMinimum, mlir::Type type) {
  Result<NumberType> numberType = NumberType::of(type);
  if (!numberType)
    return numberType.error();
  llvm::SmallVector<mlir::Attribute> constants;
  mlir::Builder builder(map.getContext());
  for (mlir::Value operand : operands)
    constants.push_back(builder.getIndexAttr(getIndex(operand)));
  llvm::SmallVector<int64_t> results;
  llvm::SmallVector<mlir::Attribute> folded;
  if (mlir::failed(map.constantFold(constants, folded)))
    return unsupported("--check cannot evaluate an affine map");
  for (mlir::Attribute result : folded)
    results.push_back(mlir::cast<mlir::IntegerAttr>(result).getInt());
  int64_t value = isMinimum ? *llvm::min_element(results) : *llvm::max_element(results);
  return NumberTensor::of(*numberType, Number::of(value));
}

int64_t Evaluator::getIndex(mlir::OpFoldResult index) const {
  if (auto value = mlir::dyn_cast<mlir::Value>(index))
    return get(value).at(0).integer;
  return mlir::cast<mlir::IntegerAttr>(mlir::cast<mlir::Attribute>(index)).getInt();
}

std::vector<int64_t> Evaluator::getIndices(llvm::ArrayRef<mlir::OpFoldResult> indices) const {
  std::vector<int64_t> numbers;
  for (mlir::OpFoldResult index : indices)
    numbers.push_back(getIndex(index));
  return numbers;
}

std::vector<int64_t> Evaluator::shapeOf(mlir::Type type, mlir::ValueRange dynamicSizes) const {
  std::vector<int64_t> shape(mlir::cast<mlir::RankedTensorType>(type).getShape());
  size_t next = 0;
  for (int64_t &size : shape)
    if (mlir::ShapedType::isDynamic(size))
      size = getIndex(dynamicSizes[next++]);
  return shape;
}

Result<std::vector<BoundedResult>> tconv::evaluateFunction(mlir::func::FuncOp function,
                                                           const std::vector<HostTensor> &inputs,
                                                           const EvaluationOptions &options) {
  Evaluator::Tensors arguments;
  for (const HostTensor &input : inputs) {
    Result<NumberTensor> numbers = NumberTensor::of(input);
    if (!numbers)
      return numbers.error();
    arguments.push_back(std::make_shared<const NumberTensor>(std::move(*numbers)));
  }
  Result<Evaluator::Tensors> tensors = Evaluator(options).run(function, arguments);
  if (!tensors)
    return tensors.error();
  std::vector<BoundedResult> results;
  for (const auto &tensor : *tensors) {
    Result<HostTensor> value = tensor->value.clone(), bound = tensor->bound.clone();
    if (!value || !bound)
      return value ? bound.error() : value.error();
    results.push_back({std::move(*value), std::move(*bound)});
  }
  return results;
}
