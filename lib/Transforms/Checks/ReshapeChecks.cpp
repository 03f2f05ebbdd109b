//===- ReshapeChecks.cpp - The same elements in another shape -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A reshape keeps the number of elements, group by group of dimensions: products of the sizes that
// are said, against those that are there.
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"
#include "Checks.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

using Predicate = CheckEmitter::Predicate;

IndexExpr multiply(CheckEmitter &emitter, const IndexExpr &a, const IndexExpr &b) {
  if (b.getConstant())
    return a * *b.getConstant();
  if (a.getConstant())
    return b * *a.getConstant();
  Value product =
      arith::MulIOp::create(emitter.builder, emitter.loc, emitter.valueOf(a), emitter.valueOf(b));
  return emitter.number(product);
}

/// That a size is split into sizes whose product it is.
void checkSplit(CheckEmitter &emitter, const IndexExpr &size, ArrayRef<IndexExpr> parts,
                const Twine &what) {
  IndexExpr product(1);
  CheckEmitter::Condition holds;
  for (const IndexExpr &part : parts) {
    product = multiply(emitter, product, part);
    holds = emitter.both(holds, emitter.compare(Predicate::sge, part, IndexExpr(0)));
  }
  std::string sizes = llvm::join(
      llvm::map_range(parts, [](const IndexExpr &part) { return describe(part); }), " * ");
  emitter.check(emitter.both(holds, emitter.compare(Predicate::eq, product, size)),
                "expected sizes whose product is " + what + ", got " + sizes + " for " +
                    describe(size));
}

void checkExpand(CheckEmitter &emitter, Value source, ArrayRef<ReassociationIndices> groups,
                 ArrayRef<OpFoldResult> sizes) {
  for (auto [dim, group] : llvm::enumerate(groups)) {
    SmallVector<IndexExpr> parts;
    for (int64_t part : group)
      parts.push_back(emitter.number(sizes[part]));
    checkSplit(emitter, emitter.sizeOf(source, dim), parts,
               "the size in dimension " + Twine(dim) + " of the source");
  }
}

/// The product of the sizes is that of the source's, and those that the result's type knows are
/// those that the operand says.
void checkReshape(CheckEmitter &emitter, tensor::ReshapeOp op) {
  auto source = dyn_cast<RankedTensorType>(op.getSource().getType());
  auto result = dyn_cast<RankedTensorType>(op.getResult().getType());
  if (!source || !result)
    return;
  IndexExpr elements(1);
  for (int64_t dim = 0; dim < source.getRank(); ++dim)
    elements = multiply(emitter, elements, emitter.sizeOf(op.getSource(), dim));
  SmallVector<IndexExpr> sizes;
  for (int64_t dim = 0; dim < result.getRank(); ++dim) {
    OpBuilder &builder = emitter.builder;
    Value position = arith::ConstantIndexOp::create(builder, emitter.loc, dim);
    Value size = builder.createOrFold<tensor::ExtractOp>(emitter.loc, op.getShape(), position);
    if (!size.getType().isIndex())
      size = builder.createOrFold<arith::IndexCastOp>(emitter.loc, builder.getIndexType(), size);
    sizes.push_back(emitter.number(size));
  }
  emitter.checkDeclared(result, sizes);
  checkSplit(emitter, elements, sizes, "the number of elements of the source");
}

/// That the sizes which a cast claims to know are right.
void checkCast(CheckEmitter &emitter, tensor::CastOp op) {
  auto result = dyn_cast<RankedTensorType>(op.getType());
  if (!result || result.getRank() == 0)
    return;
  SmallVector<IndexExpr> sizes;
  if (!isa<RankedTensorType>(op.getSource().getType())) {
    Value rank = tensor::RankOp::create(emitter.builder, emitter.loc, op.getSource());
    emitter.checkEqual(emitter.number(rank), IndexExpr(result.getRank()),
                       "expected " + Twine(result.getRank()) + " dimensions");
  }
  for (int64_t dim = 0; dim < result.getRank(); ++dim) {
    Value size = emitter.builder.createOrFold<tensor::DimOp>(emitter.loc, op.getSource(), dim);
    sizes.push_back(emitter.number(size));
  }
  for (auto [dim, size] : llvm::enumerate(sizes))
    if (!result.isDynamicDim(dim))
      emitter.checkEqual(size, IndexExpr(result.getDimSize(dim)),
                         "expected a size of " + Twine(result.getDimSize(dim)) + " in dimension " +
                             Twine(dim));
}

/// The sizes that a packed tensor must have, as those of another one.
template <typename Op>
SmallVector<IndexExpr> packedSizes(CheckEmitter &emitter, Op op, Value unpacked) {
  SmallVector<OpFoldResult> sizes;
  for (int64_t dim = 0; dim < cast<ShapedType>(unpacked.getType()).getRank(); ++dim)
    sizes.push_back(tensor::getMixedSize(emitter.builder, emitter.loc, unpacked, dim));
  SmallVector<IndexExpr> packed;
  for (OpFoldResult size :
       linalg::PackOp::getResultShape(emitter.builder, emitter.loc, sizes, op.getMixedTiles(),
                                      op.getInnerDimsPos(), op.getOuterDimsPerm()))
    packed.push_back(emitter.number(size));
  return packed;
}

template <typename Op>
void checkPacking(CheckEmitter &emitter, Op op, Value packed, Value unpacked) {
  for (OpFoldResult tile : op.getMixedTiles())
    emitter.checkAtLeast(emitter.number(tile), 1, "expected tiles of at least 1 element");
  for (auto [dim, size] : llvm::enumerate(packedSizes(emitter, op, unpacked)))
    emitter.checkEqual(emitter.sizeOf(packed, dim), size,
                       "expected a packed tensor of the size " + describe(size) + " in dimension " +
                           Twine(dim));
}

/// Without a value to pad with, tiles are full.
void checkFullTiles(CheckEmitter &emitter, linalg::PackOp op) {
  if (op.getPaddingValue())
    return;
  for (auto [dim, tile] : llvm::zip_equal(op.getInnerDimsPos(), op.getMixedTiles())) {
    IndexExpr size = emitter.sizeOf(op.getSource(), dim), length = emitter.number(tile);
    if (length.getConstant().value_or(0) > 0)
      emitter.checkEqual(mod(size, *length.getConstant()), IndexExpr(0),
                         "expected tiles of " + describe(length) +
                             " to divide the size in dimension " + Twine(dim) +
                             ", for want of a value to pad with");
  }
}

} // namespace

void mlir::tconv::emitReshapeChecks(Operation *op) {
  CheckEmitter emitter(op);
  llvm::TypeSwitch<Operation *>(op)
      .Case<tensor::ExpandShapeOp, memref::ExpandShapeOp>([&](auto op) {
        checkExpand(emitter, op.getSrc(), op.getReassociationIndices(), op.getMixedOutputShape());
      })
      .Case([&](tensor::ReshapeOp op) { checkReshape(emitter, op); })
      .Case([&](tensor::CastOp op) { checkCast(emitter, op); })
      .Case([&](linalg::PackOp op) {
        checkPacking(emitter, op, op.getDest(), op.getSource());
        checkFullTiles(emitter, op);
      })
      .Case([&](linalg::UnPackOp op) { checkPacking(emitter, op, op.getSource(), op.getDest()); });
}
