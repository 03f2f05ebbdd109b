//===- Passes.h - Passes that raise layers -------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_PASSES_H
#define TCONV_TRANSFORMS_RAISE_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
class ModuleOp;
} // namespace mlir

namespace mlir::tconv {

#define GEN_PASS_DECL
#include "tconv/Transforms/Raise/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tconv/Transforms/Raise/Passes.h.inc"

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_PASSES_H
