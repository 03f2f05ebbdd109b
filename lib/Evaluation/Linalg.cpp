//===- Linalg.cpp - Elementwise ops of linalg -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Those whose loops are all parallel: every element of a result is computed once, by the op's body.
//
//===----------------------------------------------------------------------===//

#include "Evaluator.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/Matchers.h"

using namespace tconv;
using mlir::linalg::LinalgOp;

namespace {

/// The body of an op as steps over numbered places for its values.
class Body {
public:
  static Result<Body> of(mlir::Block &block, const std::function<Number(mlir::Value)> &outside);

  /// What the body yields for its arguments at an index of the loops.
  llvm::SmallVector<Number> run(llvm::ArrayRef<Number> arguments, llvm::ArrayRef<int64_t> index);

private:
  struct Step {
    NumberFunction function; ///< Null for an index.
    int64_t loop = 0;
    llvm::SmallVector<unsigned> operands;
    unsigned result = 0;
  };

  unsigned placeOf(mlir::Value value, const std::function<Number(mlir::Value)> &outside);

  llvm::DenseMap<mlir::Value, unsigned> places;
  std::vector<Number> numbers;
  std::vector<Step> steps;
  llvm::SmallVector<unsigned> yielded;
};

/// Values from outside of the body and constants have their numbers once for all.
unsigned Body::placeOf(mlir::Value value, const std::function<Number(mlir::Value)> &outside) {
  auto [entry, isNew] = places.try_emplace(value, numbers.size());
  if (isNew)
    numbers.push_back(outside(value));
  return entry->second;
}

Result<Body> Body::of(mlir::Block &block, const std::function<Number(mlir::Value)> &outside) {
  Body body;
  auto add = [&](mlir::Value value) {
    body.places[value] = body.numbers.size();
    body.numbers.emplace_back();
    return static_cast<unsigned>(body.numbers.size() - 1);
  };
  for (mlir::Value argument : block.getArguments())
    add(argument);
  for (mlir::Operation &op : block.without_terminator()) {
    if (op.hasTrait<mlir::OpTrait::ConstantLike>())
      continue; // read where it is used
    Step step;
    if (auto index = mlir::dyn_cast<mlir::linalg::IndexOp>(op)) {
      step.loop = static_cast<int64_t>(index.getDim());
    } else {
      if (op.getNumResults() != 1 || !mlir::OpTrait::hasElementwiseMappableTraits(&op))
        return noDefinition(&op);
      Result<NumberFunction> function = findFunction(&op);
      if (!function)
        return function.error();
      step.function = std::move(*function);
    }
    for (mlir::Value operand : op.getOperands())
      step.operands.push_back(body.placeOf(operand, outside));
    step.result = add(op.getResult(0));
    body.steps.push_back(std::move(step));
  }
  for (mlir::Value value : block.getTerminator()->getOperands())
    body.yielded.push_back(body.placeOf(value, outside));
  return body;
}

llvm::SmallVector<Number> Body::run(llvm::ArrayRef<Number> arguments,
                                    llvm::ArrayRef<int64_t> index) {
  llvm::copy(arguments, numbers.begin());
  llvm::SmallVector<Number> operands;
  for (const Step &step : steps) {
    operands.clear();
    for (unsigned place : step.operands)
      operands.push_back(numbers[place]);
    numbers[step.result] = step.function ? step.function(operands) : Number::of(index[step.loop]);
  }
  return llvm::map_to_vector(yielded, [&](unsigned place) { return numbers[place]; });
}

/// The index of an operand's element, if its map has only loops and constants.
std::optional<std::vector<int64_t>> applyMap(mlir::AffineMap map, llvm::ArrayRef<int64_t> loops) {
  std::vector<int64_t> index;
  for (mlir::AffineExpr expression : map.getResults()) {
    if (auto loop = mlir::dyn_cast<mlir::AffineDimExpr>(expression))
      index.push_back(loops[loop.getPosition()]);
    else if (auto constant = mlir::dyn_cast<mlir::AffineConstantExpr>(expression))
      index.push_back(constant.getValue());
    else
      return std::nullopt;
  }
  return index;
}

/// How often each loop runs; -1 where no operand says it.
std::vector<int64_t> loopRanges(LinalgOp op,
                                const std::function<std::vector<int64_t>(mlir::Value)> &shapeOf) {
  std::vector<int64_t> ranges(op.getNumLoops(), -1);
  for (mlir::OpOperand &operand : op->getOpOperands()) {
    std::vector<int64_t> shape = shapeOf(operand.get());
    for (auto [expression, size] :
         llvm::zip(op.getMatchingIndexingMap(&operand).getResults(), shape))
      if (auto loop = mlir::dyn_cast<mlir::AffineDimExpr>(expression))
        ranges[loop.getPosition()] = size;
  }
  return ranges;
}

} // namespace

Status Evaluator::evaluateLinalg(LinalgOp op) {
  if (op.getNumParallelLoops() != op.getNumLoops() || !op.hasPureTensorSemantics())
    return noDefinition(op);
  std::vector<int64_t> ranges =
      loopRanges(op, [&](mlir::Value value) { return get(value).shape(); });
  const std::vector<int64_t> zeros(ranges.size(), 0);
  for (mlir::AffineMap map : op.getIndexingMapsArray())
    if (llvm::is_contained(ranges, -1) || !applyMap(map, zeros))
      return noDefinition(op);
  Result<Body> body = Body::of(*op.getBlock(), [&](mlir::Value value) {
    mlir::Attribute constant;
    mlir::Operation *definition = value.getDefiningOp();
    if (definition && mlir::matchPattern(definition, mlir::m_Constant(&constant)))
      return evaluateConstant(constant, value.getType())->at(0);
    return get(value).at(0);
  });
  if (!body)
    return body.error();
  std::vector<NumberTensor> results;
  for (mlir::OpOperand &init : op.getDpsInitsMutable()) {
    Result<NumberTensor> result =
        NumberTensor::allocate(get(init.get()).type(), get(init.get()).shape());
    if (!result)
      return result.error();
    results.push_back(std::move(*result));
  }
  llvm::SmallVector<Number> arguments;
  auto elementAt = [&](mlir::OpOperand &operand, llvm::ArrayRef<int64_t> loops) {
    std::vector<int64_t> index = *applyMap(op.getMatchingIndexingMap(&operand), loops);
    return linearize(index, get(operand.get()).shape());
  };
  forEachIndex(ranges, [&](const std::vector<int64_t> &loops) {
    arguments.clear();
    for (mlir::OpOperand &operand : op->getOpOperands())
      arguments.push_back(get(operand.get()).at(elementAt(operand, loops)));
    llvm::SmallVector<Number> yielded = body->run(arguments, loops);
    for (auto [init, result, number] : llvm::zip_equal(op.getDpsInitsMutable(), results, yielded))
      result.set(elementAt(init, loops), number);
  });
  for (auto [value, result] : llvm::zip_equal(op->getResults(), results))
    set(value, std::move(result));
  return success();
}
