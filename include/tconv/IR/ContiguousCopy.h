//===- ContiguousCopy.h - Views as buffers of their own ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_CONTIGUOUSCOPY_H
#define TCONV_IR_CONTIGUOUSCOPY_H

#include "mlir/IR/Builders.h"

namespace mlir::tconv {

/// The elements of a memref, of any sizes, in a new buffer in row-major order.
Value createContiguousCopy(OpBuilder &builder, Location loc, Value view);

} // namespace mlir::tconv

#endif // TCONV_IR_CONTIGUOUSCOPY_H
