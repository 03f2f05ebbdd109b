//===- ShapeCheck.h - Whether inputs fit a function ----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_ENTRY_SHAPECHECK_H
#define TCONV_ENTRY_SHAPECHECK_H

#include "tconv/HostTensor/HostTensor.h"
#include "tconv/Support/Result.h"

#include <vector>

namespace mlir {
namespace func {
class FuncOp;
} // namespace func
} // namespace mlir

namespace tconv {

/// Verifies the transposed convolutions of a function with the sizes that these
/// inputs give them, as far as they follow from the inputs, and emits what is wrong
/// as MLIR diagnostics. Compiled code checks everything again when it runs; this
/// says it earlier, with the numbers.
Status checkShapes(mlir::func::FuncOp function, const std::vector<HostTensor> &inputs);

} // namespace tconv

#endif // TCONV_ENTRY_SHAPECHECK_H
