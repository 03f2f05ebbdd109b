//===- ConstantElements.h - Elements of computed constants ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Batch normalizations come as a few numbers for each channel and a chain of elementwise
// ops that repeat them along the other dimensions. What such a chain computes is asked for
// element by element, so that nothing of a layer's size is made.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_CONSTANTELEMENTS_H
#define TCONV_TRANSFORMS_RAISE_CONSTANTELEMENTS_H

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "llvm/ADT/SmallBitVector.h"

#include <map>

namespace mlir::tconv {

class ConstantElements {
public:
  /// The dimensions along which a tensor's elements may differ, if constants and ops that
  /// are understood make it; nothing otherwise.
  std::optional<llvm::SmallBitVector> varyingDims(Value tensor);

  /// An element of such a tensor, or the number that a scalar is. Null if an op on the way
  /// has no constant result.
  Attribute at(Value value, ArrayRef<int64_t> position);

private:
  llvm::SmallBitVector findVarying(Value tensor, bool &isKnown);
  llvm::SmallBitVector findVaryingLoops(linalg::LinalgOp op, bool &isKnown);
  Attribute evaluate(Value value, ArrayRef<int64_t> position);
  Attribute evaluatePayload(linalg::LinalgOp op, ArrayRef<int64_t> position);

  // Chains use values more than once: what is known of one is kept.
  DenseMap<Value, std::optional<llvm::SmallBitVector>> varying;
  std::map<std::pair<const void *, SmallVector<int64_t>>, Attribute> elements;
  unsigned depth = 0;
};

/// The bytes of a constant's elements, row by row, or of the one that all are; none if there
/// is no telling.
ArrayRef<char> getRawElements(Attribute constant);

/// The result of a scalar op on constants, also where it rounds; null if there is none.
Attribute foldNumbers(Operation *op, ArrayRef<Attribute> operands);

/// Whether a linalg op computes each element of its one result from elements of its inputs
/// alone, its loops being the result's dimensions.
bool isElementwise(linalg::LinalgOp op);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_CONSTANTELEMENTS_H
