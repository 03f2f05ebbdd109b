//===- Repetition.cpp - Tensors whose elements are repeated -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upsampling to the nearest element is written as a copy of x[i floordiv 2], or as a broadcast
// along a new dimension that is joined with the one before it; and in several ops, one for each
// dimension. Their factors multiply.
//
//===----------------------------------------------------------------------===//

#include "Repetition.h"

#include "CopiedElement.h"

#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// `x[i floordiv 2, j]`, copied for every i and j.
std::optional<Repetition> readQuotients(Value value) {
  auto op = value.getDefiningOp<linalg::LinalgOp>();
  std::optional<ElementSource> copied = op ? getCopiedElement(op) : std::nullopt;
  if (!copied)
    return std::nullopt;
  auto source = dyn_cast<RankedTensorType>(copied->tensor.getType());
  auto result = cast<RankedTensorType>(value.getType());
  if (!source || !source.hasStaticShape() || source.getRank() != result.getRank())
    return std::nullopt;
  Repetition repetition{copied->tensor, {}};
  for (auto [dim, expr] : llvm::enumerate(copied->position)) {
    auto quotient = dyn_cast_if_present<AffineBinaryOpExpr>(expr);
    AffineExpr loop = getAffineDimExpr(dim, value.getContext());
    const bool divides = quotient && quotient.getKind() == AffineExprKind::FloorDiv &&
                         quotient.getLHS() == loop && isa<AffineConstantExpr>(quotient.getRHS());
    if (!divides && expr != loop)
      return std::nullopt;
    const int64_t factor =
        divides ? cast<AffineConstantExpr>(quotient.getRHS()).getValue() : int64_t(1);
    if (factor < 1 || result.getDimSize(dim) / factor != source.getDimSize(dim) ||
        result.getDimSize(dim) % factor != 0)
      return std::nullopt;
    repetition.factors.push_back(factor);
  }
  return repetition;
}

/// A tensor that is repeated along new dimensions, which are joined with those before them.
std::optional<Repetition> readBroadcast(Value value) {
  auto collapse = value.getDefiningOp<tensor::CollapseShapeOp>();
  auto op = collapse ? collapse.getSrc().getDefiningOp<linalg::LinalgOp>() : nullptr;
  std::optional<ElementSource> copied = op ? getCopiedElement(op) : std::nullopt;
  auto repeated = collapse ? collapse.getSrcType() : RankedTensorType();
  if (!copied || !repeated.hasStaticShape() || !isa<RankedTensorType>(copied->tensor.getType()))
    return std::nullopt;
  auto source = cast<RankedTensorType>(copied->tensor.getType());
  Repetition repetition{copied->tensor, {}};
  for (auto group : collapse.getReassociationIndices()) {
    const size_t dim = repetition.factors.size();
    while (group.size() > 1 && repeated.getDimSize(group.front()) == 1)
      group.erase(group.begin());
    if (dim >= copied->position.size() ||
        copied->position[dim] != getAffineDimExpr(group.front(), value.getContext()) ||
        source.getDimSize(dim) != repeated.getDimSize(group.front()))
      return std::nullopt;
    int64_t factor = 1;
    for (int64_t inner : ArrayRef(group).drop_front()) {
      for (AffineExpr expr : copied->position)
        if (!expr || expr.isFunctionOfDim(inner))
          return std::nullopt;
      factor *= repeated.getDimSize(inner);
    }
    repetition.factors.push_back(factor);
  }
  return static_cast<int64_t>(repetition.factors.size()) == source.getRank()
             ? std::optional(repetition)
             : std::nullopt;
}

/// The last op's.
std::optional<Repetition> readOne(Value value) {
  std::optional<Repetition> repetition = readQuotients(value);
  return repetition ? repetition : readBroadcast(value);
}

} // namespace

std::optional<Repetition> mlir::tconv::readRepetition(Value value) {
  std::optional<Repetition> all = readOne(value);
  if (!all)
    return std::nullopt;
  while (std::optional<Repetition> next = readOne(all->source)) {
    all->source = next->source;
    for (auto [factor, more] : llvm::zip_equal(all->factors, next->factors))
      factor *= more;
  }
  const bool repeats = llvm::any_of(all->factors, [](int64_t factor) { return factor != 1; });
  return repeats ? all : std::nullopt;
}
