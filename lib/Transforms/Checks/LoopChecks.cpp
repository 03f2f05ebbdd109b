//===- LoopChecks.cpp - Whether operands fit the loops over them ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A linalg op runs loops whose sizes are those of some operands, and accesses all of its operands
// by their indices:
//
//   linalg.conv_1d ins(%x, %w : tensor<?xf32>, tensor<?xf32>) outs(%y : tensor<?xf32>)
//   affine_map<(i, k) -> (i + k)>, affine_map<(i, k) -> (k)>, affine_map<(i, k) -> (i)>
//
// Here i runs to the size of y and k to that of w, and (size of y - 1) + (size of w - 1) must be an
// index of x. Ops on elements of tensors are such loops too.
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"
#include "Checks.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/AffineExpr.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

using Predicate = CheckEmitter::Predicate;

/// The indexed accesses of one op to one operand.
struct Access {
  Value operand;
  unsigned number;
  AffineMap map;
};

/// The size of a loop, and whose it is.
struct LoopSize {
  IndexExpr size;
  Value operand;
  int64_t dim;
};

class LoopChecks {
public:
  LoopChecks(Operation *op, SmallVector<Access> accesses, unsigned loops)
      : emitter(op), accesses(std::move(accesses)), sizes(loops) {}

  void emit() {
    findSizes();
    for (const Access &access : accesses)
      for (auto [dim, index] : llvm::enumerate(access.map.getResults()))
        checkAccess(access, dim, index);
  }

private:
  void findSizes();
  void checkAccess(const Access &access, int64_t dim, AffineExpr index);
  std::optional<IndexExpr> boundOf(AffineExpr index, bool upper);
  CheckEmitter::Condition anyLoopIsEmpty(CheckEmitter::Condition otherwise);

  CheckEmitter emitter;
  SmallVector<Access> accesses;
  SmallVector<std::optional<LoopSize>> sizes;
};

/// The size of each loop is that of the first operand which it indexes alone, or a known one.
void LoopChecks::findSizes() {
  for (const Access &access : accesses)
    for (auto [dim, index] : llvm::enumerate(access.map.getResults())) {
      auto loop = dyn_cast<AffineDimExpr>(index);
      if (!loop)
        continue;
      std::optional<LoopSize> &found = sizes[loop.getPosition()];
      bool isKnown = !cast<ShapedType>(access.operand.getType()).isDynamicDim(dim);
      if (!found || (isKnown && !found->size.getConstant()))
        found = {emitter.sizeOf(access.operand, dim), access.operand, static_cast<int64_t>(dim)};
    }
}

/// The smallest or the largest value of an index; nothing if it is not known how to tell.
std::optional<IndexExpr> LoopChecks::boundOf(AffineExpr index, bool upper) {
  if (auto constant = dyn_cast<AffineConstantExpr>(index))
    return IndexExpr(constant.getValue());
  if (auto loop = dyn_cast<AffineDimExpr>(index)) {
    const std::optional<LoopSize> &found = sizes[loop.getPosition()];
    if (!found)
      return std::nullopt;
    return upper ? found->size - IndexExpr(1) : IndexExpr(0);
  }
  auto binary = dyn_cast<AffineBinaryOpExpr>(index);
  if (!binary)
    return std::nullopt;
  auto factor = dyn_cast<AffineConstantExpr>(binary.getRHS());
  bool flips = binary.getKind() == AffineExprKind::Mul && factor && factor.getValue() < 0;
  std::optional<IndexExpr> left = boundOf(binary.getLHS(), upper != flips);
  if (!left || (!factor && binary.getKind() != AffineExprKind::Add))
    return std::nullopt;
  switch (binary.getKind()) {
  case AffineExprKind::Add: {
    std::optional<IndexExpr> right = boundOf(binary.getRHS(), upper);
    return right ? std::optional(*left + *right) : std::nullopt;
  }
  case AffineExprKind::Mul:
    return *left * factor.getValue();
  case AffineExprKind::FloorDiv:
    return floorDiv(*left, factor.getValue());
  case AffineExprKind::CeilDiv:
    return ceilDiv(*left, factor.getValue());
  case AffineExprKind::Mod:
    return upper ? min(*left, IndexExpr(factor.getValue() - 1)) : IndexExpr(0);
  default:
    return std::nullopt;
  }
}

/// Loops without iterations access nothing.
CheckEmitter::Condition LoopChecks::anyLoopIsEmpty(CheckEmitter::Condition otherwise) {
  for (const std::optional<LoopSize> &found : sizes)
    if (otherwise && found && found->size.getConstant().value_or(0) <= 0)
      otherwise =
          emitter.either(otherwise, emitter.compare(Predicate::sle, found->size, IndexExpr(0)));
  return otherwise;
}

void LoopChecks::checkAccess(const Access &access, int64_t dim, AffineExpr index) {
  IndexExpr size = emitter.sizeOf(access.operand, dim);
  std::string where =
      " in dimension " + std::to_string(dim) + " of operand " + std::to_string(access.number);
  if (auto loop = dyn_cast<AffineDimExpr>(index)) {
    const LoopSize &found = *sizes[loop.getPosition()];
    if (found.operand == access.operand && found.dim == dim)
      return;
    const IndexExpr &others = found.size;
    std::string number = others.getConstant() ? " of " + describe(others) : "";
    return emitter.checkEqual(size, others,
                              "expected a size" + number + where + " as other operands have");
  }
  std::optional<IndexExpr> first = boundOf(index, false), last = boundOf(index, true);
  if (!first || !last)
    return;
  CheckEmitter::Condition inside =
      emitter.both(emitter.compare(Predicate::sge, *first, IndexExpr(0)),
                   emitter.compare(Predicate::slt, *last, size));
  emitter.check(anyLoopIsEmpty(inside), "expected all indices to be below the size" + where);
}

void checkLinalg(linalg::LinalgOp op) {
  SmallVector<Access> accesses;
  for (OpOperand &operand : op->getOpOperands())
    if (isa<RankedTensorType, MemRefType>(operand.get().getType()))
      accesses.push_back(
          {operand.get(), operand.getOperandNumber(), op.getMatchingIndexingMap(&operand)});
  LoopChecks(op, std::move(accesses), op.getNumLoops()).emit();
}

/// Operands that are tensors have the same shape. A result of known size says that they have it.
void checkElementwise(Operation *op, ValueRange tensors) {
  SmallVector<Access> accesses;
  unsigned rank = 0;
  for (auto [number, tensor] : llvm::enumerate(tensors)) {
    auto type = dyn_cast<RankedTensorType>(tensor.getType());
    if (!type)
      continue;
    rank = type.getRank();
    accesses.push_back({tensor, static_cast<unsigned>(number),
                        AffineMap::getMultiDimIdentityMap(rank, op->getContext())});
  }
  if (accesses.empty())
    return;
  CheckEmitter emitter(op);
  SmallVector<IndexExpr> sizes;
  for (unsigned dim = 0; dim < rank; ++dim)
    sizes.push_back(emitter.sizeOf(accesses.front().operand, dim));
  for (Type type : op->getResultTypes())
    emitter.checkDeclared(cast<ShapedType>(type), sizes);
  LoopChecks(op, std::move(accesses), rank).emit();
}

} // namespace

void mlir::tconv::emitLoopChecks(Operation *op) {
  if (auto structured = dyn_cast<linalg::LinalgOp>(op))
    checkLinalg(structured);
  else if (isa<linalg::SoftmaxOp>(op) || OpTrait::hasElementwiseMappableTraits(op))
    checkElementwise(op, op->getOperands());
}
