//===- Constants.h - Constants of the IR as tensors ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_CONSTANTS_H
#define TCONV_EXECUTION_CONSTANTS_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

namespace mlir {
class Attribute;
} // namespace mlir

namespace tconv {

/// The elements of a dense or dense_resource attribute of tensor type.
Result<HostTensor> toHostTensor(mlir::Attribute constant);

} // namespace tconv

#endif // TCONV_EXECUTION_CONSTANTS_H
