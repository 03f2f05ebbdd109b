//===- Constants.h - Values of the IR as tensors -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_ENTRY_CONSTANTS_H
#define TCONV_ENTRY_CONSTANTS_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <vector>

namespace mlir {
class Attribute;
class Value;
} // namespace mlir

namespace tconv {

/// The elements of a dense or dense_resource attribute of tensor type.
Result<HostTensor> toHostTensor(mlir::Attribute constant);

/// The tensor that a value of a function holds for these inputs; unsupported if it is
/// neither an argument nor a constant, perhaps cast.
Result<HostTensor> evaluate(mlir::Value value, const std::vector<HostTensor> &inputs);

} // namespace tconv

#endif // TCONV_ENTRY_CONSTANTS_H
