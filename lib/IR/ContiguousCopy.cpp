//===- ContiguousCopy.cpp - Views as buffers of their own -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/ContiguousCopy.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;

Value mlir::tconv::createContiguousCopy(OpBuilder &builder, Location loc, Value view) {
  auto type = cast<MemRefType>(view.getType());
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    if (type.isDynamicDim(dim))
      sizes.push_back(memref::DimOp::create(builder, loc, view, dim));
  auto copyType = MemRefType::get(type.getShape(), type.getElementType());
  Value copy = memref::AllocOp::create(builder, loc, copyType, sizes);
  memref::CopyOp::create(builder, loc, view, copy);
  return copy;
}
