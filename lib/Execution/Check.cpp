//===- Check.cpp - Comparing results with the reference -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Execution/Check.h"

#include "tconv/Entry/Constants.h"
#include "tconv/HostTensor/Compare.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Reference/Reference.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

ConvTransposeAttributes attributesOf(ConvTransposeOp op) {
  auto vector = [](llvm::ArrayRef<int64_t> values) { return std::vector<int64_t>(values); };
  return {vector(op.getStride()),
          vector(op.getPaddingBegin()),
          vector(op.getPaddingEnd()),
          vector(op.getDilation()),
          vector(op.getOutputPadding()),
          static_cast<int64_t>(op.getGroups()),
          op.getLayout() == mlir::tconv::Layout::ChannelsLast};
}

Result<ReferenceResult> runReference(ConvTransposeOp op, const std::vector<HostTensor> &inputs) {
  Result<HostTensor> input = evaluate(op.getInput(), inputs);
  if (!input)
    return input.error();
  Result<HostTensor> filter = evaluate(op.getFilter(), inputs);
  if (!filter)
    return filter.error();
  if (!op.getBias())
    return referenceConvTranspose(*input, *filter, nullptr, attributesOf(op));
  Result<HostTensor> bias = evaluate(op.getBias(), inputs);
  if (!bias)
    return bias.error();
  return referenceConvTranspose(*input, *filter, &*bias, attributesOf(op));
}

Status checkResult(ConvTransposeOp op, const std::vector<HostTensor> &inputs,
                   const HostTensor &result, bool allowTf32) {
  if (result.numElements() == 0)
    return success(); // an empty batch: there is nothing to compare
  Result<ReferenceResult> reference = runReference(op, inputs);
  if (!reference)
    return reference.error();
  // Tensor cores read 10 bits of a fraction and drop the others.
  const double factorError = allowTf32 && result.type() == ElementType::F32 ? 0x1p-10 : 0;
  auto tolerance = [&](int64_t element) {
    return isFloat(result.type())
               ? errorBound(result.type(), reference->value.at(element),
                            reference->magnitude.at(element), reference->terms, factorError,
                            reference->subnormal.numElements() ? reference->subnormal.at(element)
                                                               : 0)
               : 0.0;
  };
  auto mismatch = compare(result, reference->value, tolerance);
  if (!mismatch)
    return mismatch.error();
  if (*mismatch)
    return Error{"the result differs from the scatter loop: " + describe(**mismatch)};
  return success();
}

} // namespace

Result<std::string> tconv::checkAgainstReference(mlir::func::FuncOp function,
                                                 const std::vector<HostTensor> &inputs,
                                                 const std::vector<HostTensor> &results,
                                                 bool allowTf32) {
  auto terminator =
      function.getBody().hasOneBlock()
          ? llvm::dyn_cast<mlir::func::ReturnOp>(function.getBody().front().getTerminator())
          : nullptr;
  if (!terminator || terminator.getNumOperands() == 0)
    return Error{"--check takes functions of a single block that have results", true};
  int64_t elements = 0;
  for (auto [index, value] : llvm::enumerate(terminator.getOperands())) {
    mlir::Value source = value;
    while (auto cast = source.getDefiningOp<mlir::tensor::CastOp>())
      source = cast.getSource();
    auto op = source.getDefiningOp<ConvTransposeOp>();
    if (!op)
      return Error{"--check takes functions whose results are transposed convolutions", true};
    if (Status status = checkResult(op, inputs, results[index], allowTf32); !status)
      return status.error();
    elements += results[index].numElements();
  }
  return std::to_string(elements) + " elements agree with the scatter loop";
}
