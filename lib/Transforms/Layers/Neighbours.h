//===- Neighbours.h - Tensors that an epilogue reads ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_NEIGHBOURS_H
#define TCONV_LIB_TRANSFORMS_LAYERS_NEIGHBOURS_H

#include "tconv/IR/TconvOps.h"

namespace mlir::tconv {

/// What an elementwise op behind a layer reads of another tensor for an element of the result.
enum class Reading {
  Element, ///< the element at the same place
  Channel, ///< one number for each channel
  Number,  ///< always the same one
};

/// How an operand of an op is read if the op's loops are the dimensions of the kernel's result
/// and `map` takes them to the operand's; none if the kernel's region cannot read it.
std::optional<Reading> readNeighbour(KernelOp kernel, Value operand, AffineMap map);

/// The same numbers as a tensor that a kernel takes as a neighbour. The kernel's result must not
/// be needed for them.
Value createNeighbour(OpBuilder &builder, KernelOp kernel, Value operand, Reading reading);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_NEIGHBOURS_H
