//===- TconvDialect.cpp - The tconv dialect --------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/IR/TconvDialect.h"

#include "tconv/IR/TconvOps.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace mlir::tconv;

#include "tconv/IR/TconvDialect.cpp.inc"
#include "tconv/IR/TconvEnums.cpp.inc"

#include "tconv/IR/TconvAttrInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "tconv/IR/TconvAttributes.cpp.inc"

namespace {

/// A layer may be inlined with the function that it stands in.
struct TconvInlinerInterface : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;

  bool isLegalToInline(Operation *, Region *, bool, IRMapping &) const final { return true; }
};

} // namespace

void TconvDialect::initialize() {
  addInterfaces<TconvInlinerInterface>();
  addAttributes<
#define GET_ATTRDEF_LIST
#include "tconv/IR/TconvAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "tconv/IR/TconvOps.cpp.inc"
      >();
}
