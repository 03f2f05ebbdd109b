//===- ElementwiseOps.h - Which ops can become an epilogue ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_ELEMENTWISEOPS_H
#define TCONV_LIB_TRANSFORMS_LAYERS_ELEMENTWISEOPS_H

#include "mlir/IR/AffineMap.h"
#include "mlir/IR/BuiltinAttributeInterfaces.h"
#include "mlir/IR/Operation.h"

#include <string>

namespace mlir::tconv {

/// The constant that a number is, or every element of a tensor; null for others.
TypedAttr getUniformConstant(Value value);

/// What an elementwise op may read: tensors for which `isKnown` holds, at the place of the result
/// only, and others for which `isReadable` does, by a map from the dimensions of the result.
struct Readable {
  llvm::function_ref<bool(Value)> isKnown;
  llvm::function_ref<bool(Value, AffineMap)> isReadable;
};

/// Whether an op of arith, math or linalg on tensors computes each element of its one result from
/// at least one known tensor, from what else is readable, and from uniform constants. If not,
/// and if it is an elementwise op, `obstacle` says why.
bool isElementwiseOn(Operation *op, const Readable &readable, std::string &obstacle);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_ELEMENTWISEOPS_H
