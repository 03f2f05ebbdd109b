//===- CopiedElement.h - Linalg ops that only copy elements -------*- C++ -*===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_COPIEDELEMENT_H
#define TCONV_TRANSFORMS_RAISE_COPIEDELEMENT_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tconv {

/// A tensor that a payload reads one element of, and where: an expression of the loops for
/// each dimension, null where there is no telling.
struct ElementSource {
  Value tensor;
  SmallVector<AffineExpr> position;
};

/// What a linalg op of parallel loops copies, if it does nothing else.
std::optional<ElementSource> getCopiedElement(linalg::LinalgOp op);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_COPIEDELEMENT_H
