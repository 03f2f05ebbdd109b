//===- GenericOps.h - Reading ops of dialects that are not here ----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// No dialect has verified an op in generic form of a dialect that is not registered: every
// attribute is looked at with suspicion.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_GENERICOPS_H
#define TCONV_TRANSFORMS_RAISE_GENERICOPS_H

#include "mlir/IR/Operation.h"

namespace mlir::tconv {

/// An attribute among the properties or the others; null if there is none.
Attribute getAttribute(Operation *op, StringRef name);

/// The text of an attribute that its dialect would parse, like `conv<[b, f]...>`.
std::optional<StringRef> getOpaqueText(Operation *op, StringRef name);

/// Integers: a dense array, a dense tensor or an array of integers.
std::optional<SmallVector<int64_t>> getIntegers(Operation *op, StringRef name);
std::optional<int64_t> getInteger(Operation *op, StringRef name);

/// Integers in brackets, as a prefix of a text, which is cut off; like `[0, 1]`.
std::optional<SmallVector<int64_t>> consumeIntegerList(StringRef &text);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_GENERICOPS_H
