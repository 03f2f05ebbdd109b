//===- Repetition.h - Tensors whose elements are repeated ----------*- C++ -*===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_REPETITION_H
#define TCONV_TRANSFORMS_RAISE_REPETITION_H

#include "mlir/IR/Value.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace mlir::tconv {

/// A tensor, each element of which is repeated along each dimension, `factors[dim]` times.
struct Repetition {
  Value source;
  SmallVector<int64_t> factors;
};

/// What a tensor of static sizes repeats, by however many ops, if it repeats anything.
std::optional<Repetition> readRepetition(Value value);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_REPETITION_H
