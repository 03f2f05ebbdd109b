//===- NumberFunctions.h - Functions of numbers by name ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Front ends agree on what `add` and `tanh` mean, and differ in how they spell it.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_NUMBERFUNCTIONS_H
#define TCONV_TRANSFORMS_RAISE_NUMBERFUNCTIONS_H

#include "TensorOps.h"

namespace mlir::tconv {

/// The function of a name of NumPy's, like "add", "maximum" or "log1p", for numbers of a
/// float or signless integer type; null if it is not known for that type. `arity` is set.
NumberFunction findNumberFunction(StringRef name, Type elementType, unsigned &arity);

/// A comparison by "EQ", "NE", "LT", "LE", "GT" or "GE"; null if there is none.
NumberFunction findComparison(StringRef direction, Type elementType);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_NUMBERFUNCTIONS_H
