//===- Evaluator.h - Ops on tensors, one after the other --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EVALUATION_EVALUATOR_H
#define TCONV_LIB_EVALUATION_EVALUATOR_H

#include "Number.h"

#include "tconv/Evaluation/Evaluate.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/OpDefinition.h"
#include "llvm/ADT/DenseMap.h"

#include <memory>

namespace mlir::tconv {
class ConvTransposeOp;
} // namespace mlir::tconv

namespace tconv {

/// One run of a function: its values as far as they are known.
class Evaluator {
public:
  using Tensors = std::vector<std::shared_ptr<const NumberTensor>>;

  explicit Evaluator(const EvaluationOptions &options) : options(options) {}

  Result<Tensors> run(mlir::func::FuncOp function, const Tensors &arguments);

private:
  using TensorResult = Result<NumberTensor>;

  Status evaluate(mlir::Operation *op);
  /// The result of an op of one result.
  TensorResult evaluateOne(mlir::Operation *op);
  TensorResult evaluateConstant(mlir::Attribute constant, mlir::Type type);
  TensorResult evaluateElementwise(mlir::Operation *op);
  TensorResult evaluateAffine(mlir::AffineMap map, mlir::ValueRange operands, bool isMinimum,
                              mlir::Type type);
  TensorResult evaluateLayer(mlir::tconv::ConvTransposeOp op);
  Status evaluateLinalg(mlir::linalg::LinalgOp op);
  /// Those of the dialect tensor; in TensorOps.cpp.
  TensorResult evaluateTensorOp(mlir::Operation *op);
  TensorResult evaluateExtractSlice(mlir::tensor::ExtractSliceOp op);
  TensorResult evaluateInsertSlice(mlir::tensor::InsertSliceOp op);
  TensorResult evaluateConcat(mlir::tensor::ConcatOp op);
  TensorResult evaluatePad(mlir::tensor::PadOp op);

  const NumberTensor &get(mlir::Value value) const { return *values.lookup(value); }
  /// A number of rank 0 that is an index.
  int64_t getIndex(mlir::OpFoldResult index) const;
  std::vector<int64_t> getIndices(llvm::ArrayRef<mlir::OpFoldResult> indices) const;
  /// The sizes of a type, the dynamic ones from the operands.
  std::vector<int64_t> shapeOf(mlir::Type type, mlir::ValueRange dynamicSizes) const;
  void set(mlir::Value value, NumberTensor tensor) {
    values[value] = std::make_shared<const NumberTensor>(std::move(tensor));
  }

  const EvaluationOptions &options;
  llvm::DenseMap<mlir::Value, std::shared_ptr<const NumberTensor>> values;
};

/// What a check that meets an op it has no definition of says.
Error noDefinition(mlir::Operation *op);

} // namespace tconv

#endif // TCONV_LIB_EVALUATION_EVALUATOR_H
