//===- WmmaOps.cpp - wmma, by which upstream multiplies matrices ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// These are what gpu.subgroup_mma_* become. A fragment goes through memory of the thread:
//
//   %f = nvvm.wmma.load %p, %stride {...} : (!llvm.ptr<3>) -> !llvm.struct<(vector<2xf16>, ...)>
//
// becomes
//
//   llvm.call @tconvEmuLoadFragment(%address, %stride, %registers, %shape, %site)
//   %f = llvm.load %registers
//
//===----------------------------------------------------------------------===//

#include "EmulatorBuilder.h"
#include "MatrixTypes.h"

using namespace mlir;
using namespace mlir::tconv;
using ::tconv::FragmentShape;
using ::tconv::MatrixElement;
using ::tconv::MatrixShape;
using ::tconv::SiteKind;

namespace {

uint64_t countBytes(MatrixElement type) {
  switch (type) {
  case MatrixElement::F16:
  case MatrixElement::BF16:
    return 2;
  case MatrixElement::S8:
  case MatrixElement::U8:
    return 1;
  case MatrixElement::F64:
    return 8;
  default:
    return 4;
  }
}

/// Which matrix of `op` a fragment is, and how it is in memory; `registers` is its type in a
/// thread.
template <typename Op>
std::optional<FragmentShape> getShape(EmulatorBuilder &builder, Op op, NVVM::MMAFrag fragment,
                                      TypeRange registers) {
  std::optional<MatrixElement> element = getMatrixElement(op.getEltype());
  if (!element)
    return std::nullopt;
  DataLayout layout(builder.getModule());
  uint64_t bytes = 0;
  for (Type type : registers)
    bytes += layout.getTypeSize(type);
  FragmentShape shape;
  shape.rows = static_cast<uint8_t>(fragment == NVVM::MMAFrag::b ? op.getK() : op.getM());
  shape.columns = static_cast<uint8_t>(fragment == NVVM::MMAFrag::a ? op.getK() : op.getN());
  shape.elementBytes = static_cast<uint8_t>(countBytes(*element));
  shape.perLane = static_cast<uint8_t>(bytes / shape.elementBytes);
  shape.isColumnMajor = op.getLayout() == NVVM::MMALayout::col;
  return shape;
}

/// The site of a load or store, which accesses whole rows or columns.
template <typename Op>
Value getSite(EmulatorBuilder &builder, Op op, SiteKind kind, const FragmentShape &shape) {
  uint64_t length = shape.isColumnMajor ? shape.rows : shape.columns;
  return builder.site(op, kind, op.getPtr().getType(), length * shape.elementBytes,
                      shape.elementBytes);
}

Rewritten lowerLoad(EmulatorBuilder &builder, NVVM::WMMALoadOp op) {
  SmallVector<Type> types{op.getType()};
  if (auto structure = dyn_cast<LLVM::LLVMStructType>(op.getType()))
    types = llvm::to_vector(structure.getBody());
  auto shape = getShape(builder, op, op.getFrag(), types);
  if (!shape)
    return failUnknown(op, " of this type");
  Location loc = op.getLoc();
  Value registers = builder.slot(op, 0, 0);
  builder.call(loc, EmulatorFunction::LoadFragment, {},
               {builder.address(loc, op.getPtr()), op.getStride(), registers,
                builder.constant64(loc, shape->pack()),
                getSite(builder, op, SiteKind::Load, *shape)});
  return replace(op, LLVM::LoadOp::create(builder, loc, op.getType(), registers));
}

Rewritten lowerStore(EmulatorBuilder &builder, NVVM::WMMAStoreOp op) {
  auto shape = getShape(builder, op, NVVM::MMAFrag::c, op.getArgs().getTypes());
  if (!shape)
    return failUnknown(op, " of this type");
  Location loc = op.getLoc();
  Value registers = builder.spill(op, 0, op.getArgs());
  builder.call(loc, EmulatorFunction::StoreFragment, {},
               {builder.address(loc, op.getPtr()), op.getStride(), registers,
                builder.constant64(loc, shape->pack()),
                getSite(builder, op, SiteKind::Store, *shape)});
  return replace(op);
}

std::optional<MatrixShape> getShape(NVVM::WMMAMmaOp op) {
  auto operand = getMatrixElement(op.getEltypeA()), accumulator = getMatrixElement(op.getEltypeB());
  if (!operand || !accumulator)
    return std::nullopt;
  MatrixShape shape{static_cast<uint8_t>(op.getM()),
                    static_cast<uint8_t>(op.getN()),
                    static_cast<uint8_t>(op.getK()),
                    *operand,
                    *operand,
                    *accumulator};
  if (!isKnownFragmentProduct(shape))
    return std::nullopt;
  return shape;
}

Rewritten lowerMultiply(EmulatorBuilder &builder, NVVM::WMMAMmaOp op) {
  std::optional<MatrixShape> shape = getShape(op);
  if (!shape)
    return failUnknown(op, " of this shape and these types");
  Location loc = op.getLoc();
  MLIRContext *context = op.getContext();
  auto count = [&](NVVM::MMAFrag fragment, int rows, int columns) {
    return inferMMAType(op.getEltypeA(), fragment, rows, columns, context).second;
  };
  size_t ofA = count(NVVM::MMAFrag::a, shape->m, shape->k);
  size_t ofB = count(NVVM::MMAFrag::b, shape->k, shape->n);
  ValueRange registers = op.getArgs();
  Value a = builder.spill(op, 0, registers.take_front(ofA));
  Value b = builder.spill(op, 1, registers.slice(ofA, ofB));
  Value c = builder.spill(op, 2, registers.drop_front(ofA + ofB));
  builder.call(loc, EmulatorFunction::MultiplyFragments, {},
               {a, b, c, builder.constant64(loc, shape->pack()), builder.site(op)});
  return replace(op, LLVM::LoadOp::create(builder, loc, op.getType(), c));
}

} // namespace

Rewritten mlir::tconv::lowerWmma(EmulatorBuilder &builder, Operation *op) {
  if (auto load = dyn_cast<NVVM::WMMALoadOp>(op))
    return lowerLoad(builder, load);
  if (auto store = dyn_cast<NVVM::WMMAStoreOp>(op))
    return lowerStore(builder, store);
  if (auto multiply = dyn_cast<NVVM::WMMAMmaOp>(op))
    return lowerMultiply(builder, multiply);
  return Rewritten::No;
}
