//===- TensorChecks.cpp - Slices, elements and sizes that are given -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each op's rule is a conjunction over its dimensions, of sizes as expressions: what is known is
// decided now, and the rest is asserted at the start of the function. Sums that may overflow are
// compared without the promises of affine.apply.
//
//===----------------------------------------------------------------------===//

#include "CheckEmitter.h"
#include "Checks.h"

#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

using Predicate = CheckEmitter::Predicate;

std::string inDimension(int64_t dim) { return " in dimension " + std::to_string(dim); }

/// The number of elements from an offset to the end, in steps of a stride of at least 0.
IndexExpr elementsFrom(CheckEmitter &emitter, const IndexExpr &offset, const IndexExpr &size,
                       const IndexExpr &stride) {
  if (offset.getConstant() && stride.getConstant() && *stride.getConstant() > 0)
    return ceilDiv(size - offset, *stride.getConstant());
  // Without the promises of affine.apply, that nothing overflows: the numbers may be any.
  OpBuilder &builder = emitter.builder;
  Value rest =
      arith::SubIOp::create(builder, emitter.loc, emitter.valueOf(size), emitter.valueOf(offset));
  if (stride.getConstant() == 1)
    return emitter.number(rest);
  Value one = arith::ConstantIndexOp::create(builder, emitter.loc, 1);
  Value step = arith::MaxSIOp::create(builder, emitter.loc, emitter.valueOf(stride), one);
  Value before = arith::SubIOp::create(builder, emitter.loc, step, one);
  Value rounded = arith::AddIOp::create(builder, emitter.loc, rest, before);
  return emitter.number(arith::DivUIOp::create(builder, emitter.loc, rounded, step).getResult());
}

/// That a slice lies inside of a tensor or a buffer.
void checkSlice(CheckEmitter &emitter, OffsetSizeAndStrideOpInterface op, Value whole) {
  for (auto [dim, mixedOffset, mixedSize, mixedStride] :
       llvm::enumerate(op.getMixedOffsets(), op.getMixedSizes(), op.getMixedStrides())) {
    IndexExpr offset = emitter.number(mixedOffset), size = emitter.number(mixedSize),
              stride = emitter.number(mixedStride), all = emitter.sizeOf(whole, dim);
    CheckEmitter::Condition inside;
    for (const IndexExpr &positive : {offset, size, stride})
      inside = emitter.both(inside, emitter.compare(Predicate::sge, positive, IndexExpr(0)));
    inside = emitter.both(inside, emitter.compare(Predicate::sle, offset, all));
    inside = emitter.both(
        inside, emitter.compare(Predicate::sle, size, elementsFrom(emitter, offset, all, stride)));
    emitter.check(inside, "expected a slice of offset " + describe(offset) + ", size " +
                              describe(size) + " and stride " + describe(stride) +
                              " to lie within the size " + describe(all) + inDimension(dim));
  }
}

/// That what is inserted has the sizes of the slice that it is inserted in.
void checkInserted(CheckEmitter &emitter, ArrayRef<OpFoldResult> sizes,
                   const llvm::SmallBitVector &dropped, Value source) {
  int64_t kept = 0;
  for (auto [dim, size] : llvm::enumerate(sizes)) {
    if (dropped.test(dim))
      continue;
    emitter.checkEqual(emitter.sizeOf(source, kept), emitter.number(size),
                       "expected the source to have the size of the slice" + inDimension(kept));
    ++kept;
  }
}

template <typename InsertOp> void checkInsertion(CheckEmitter &emitter, InsertOp op) {
  checkSlice(emitter, op, op.getDest());
  checkInserted(emitter, op.getMixedSizes(), op.getDroppedDims(), op.getSource());
}

void checkElement(CheckEmitter &emitter, Value tensor, OperandRange indices) {
  for (auto [dim, index] : llvm::enumerate(indices)) {
    IndexExpr size = emitter.sizeOf(tensor, dim);
    emitter.checkIndex(emitter.number(index), size,
                       "expected an index below the size " + describe(size) + inDimension(dim));
  }
}

/// That a tensor or a buffer of these sizes can be, where they are not those of another one.
void checkGivenSizes(CheckEmitter &emitter, Value made, ValueRange given) {
  auto sourceOf = [](Value size) {
    Operation *dim = size.getDefiningOp();
    return isa_and_nonnull<tensor::DimOp, memref::DimOp>(dim) ? dim->getOperand(0) : Value();
  };
  if (llvm::all_of(given, [&](Value size) {
        return sourceOf(size) && sourceOf(size) == sourceOf(given.front());
      }))
    return;
  SmallVector<IndexExpr> sizes;
  auto next = given.begin();
  auto type = cast<ShapedType>(made.getType());
  for (auto [dim, size] : llvm::enumerate(type.getShape())) {
    sizes.push_back(type.isDynamicDim(dim) ? emitter.number(*next++) : IndexExpr(size));
    emitter.checkAtLeast(sizes.back(), 0, "expected a size of at least 0" + inDimension(dim));
  }
  emitter.check(emitter.fitProduct(sizes, int64_t(1) << 58),
                "expected a tensor of less than 2^62 bytes");
}

void checkConcat(CheckEmitter &emitter, tensor::ConcatOp op) {
  Value first = op.getInputs().front();
  auto along = static_cast<int64_t>(op.getDim());
  SmallVector<IndexExpr> sizes;
  for (int64_t dim = 0; dim < op.getRank(); ++dim) {
    sizes.push_back(emitter.sizeOf(first, dim));
    for (Value input : op.getInputs().drop_front()) {
      IndexExpr size = emitter.sizeOf(input, dim);
      if (dim == along)
        sizes[dim] = sizes[dim] + size;
      else
        emitter.checkEqual(size, sizes[dim], "expected inputs of the same size" + inDimension(dim));
    }
  }
  emitter.checkDeclared(op.getResultType(), sizes);
}

void checkPad(CheckEmitter &emitter, tensor::PadOp op) {
  SmallVector<IndexExpr> sizes;
  for (auto [dim, mixedLow, mixedHigh] :
       llvm::enumerate(op.getMixedLowPad(), op.getMixedHighPad())) {
    IndexExpr low = emitter.number(mixedLow), high = emitter.number(mixedHigh);
    emitter.checkAtLeast(low, 0,
                         "expected a padding of at least 0 at the beginning" + inDimension(dim) +
                             ", got " + describe(low));
    emitter.checkAtLeast(high, 0,
                         "expected a padding of at least 0 at the end" + inDimension(dim) +
                             ", got " + describe(high));
    sizes.push_back(emitter.sizeOf(op.getSource(), dim) + low + high);
  }
  emitter.checkDeclared(op.getResultType(), sizes);
}

void checkSameSizes(CheckEmitter &emitter, Value source, Value target) {
  for (int64_t dim = 0; dim < cast<ShapedType>(source.getType()).getRank(); ++dim)
    emitter.checkEqual(emitter.sizeOf(source, dim), emitter.sizeOf(target, dim),
                       "expected source and target of the same size" + inDimension(dim));
}

} // namespace

void mlir::tconv::emitTensorChecks(Operation *op) {
  CheckEmitter emitter(op);
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](tensor::ExtractSliceOp op) { checkSlice(emitter, op, op.getSource()); })
      .Case([&](memref::SubViewOp op) { checkSlice(emitter, op, op.getSource()); })
      .Case([&](tensor::InsertSliceOp op) { checkInsertion(emitter, op); })
      .Case([&](tensor::ParallelInsertSliceOp op) { checkInsertion(emitter, op); })
      .Case([&](tensor::ExtractOp op) { checkElement(emitter, op.getTensor(), op.getIndices()); })
      .Case([&](tensor::InsertOp op) { checkElement(emitter, op.getDest(), op.getIndices()); })
      .Case([&](tensor::ConcatOp op) { checkConcat(emitter, op); })
      .Case([&](tensor::PadOp op) { checkPad(emitter, op); })
      .Case([&](tensor::EmptyOp op) { checkGivenSizes(emitter, op, op.getDynamicSizes()); })
      .Case([&](tensor::SplatOp op) { checkGivenSizes(emitter, op, op.getDynamicSizes()); })
      .Case([&](tensor::GenerateOp op) { checkGivenSizes(emitter, op, op.getDynamicExtents()); })
      .Case([&](bufferization::AllocTensorOp op) {
        checkGivenSizes(emitter, op, op.getDynamicSizes());
      })
      .Case([&](memref::AllocOp op) { checkGivenSizes(emitter, op, op.getDynamicSizes()); })
      .Case([&](memref::CopyOp op) { checkSameSizes(emitter, op.getSource(), op.getTarget()); })
      .Case([&](bufferization::MaterializeInDestinationOp op) {
        checkSameSizes(emitter, op.getSource(), op.getDest());
      });
}
