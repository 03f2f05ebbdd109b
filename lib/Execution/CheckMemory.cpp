//===- CheckMemory.cpp - Whether results fit into memory ---------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CheckMemory.h"

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/IR/ElementTypes.h"
#include "tconv/IR/TconvOps.h"
#include "tconv/Support/Memory.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace tconv;
using mlir::tconv::ConvTransposeOp;

namespace {

/// What some tensors need, which exist at the same time.
class Need {
public:
  /// Sizes that are not known count nothing.
  Status add(const TensorSpec &tensor) {
    Result<int64_t> size = tensor.isStatic() ? tensorByteSize(tensor.type, tensor.shape) : 0;
    if (!size)
      return size.error();
    bytes += static_cast<double>(*size);
    if (bytes <= static_cast<double>(available))
      return success();
    return Error{"not enough memory for a result of " + tensor.str() + ": " +
                 std::to_string(static_cast<uint64_t>(bytes)) + " bytes needed, " +
                 std::to_string(available) + " available"};
  }

private:
  uint64_t available = availableMemory();
  double bytes = 0;
};

} // namespace

Status tconv::checkMemory(mlir::FunctionOpInterface function, const EntryPoint &entry) {
  Need ofResults;
  for (const TensorSpec &result : entry.results)
    if (Status status = ofResults.add(result); !status)
      return status;
  Status status = success();
  function->walk([&](ConvTransposeOp op) {
    auto type = mlir::tconv::elementTypeOf(op.getOutputType().getElementType());
    if (status && type && !op->use_empty())
      status = Need().add({*type, std::vector<int64_t>(op.getOutputType().getShape())});
  });
  return status;
}
