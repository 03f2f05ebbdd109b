//===- Passes.h - Passes of tconv ----------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_PASSES_H
#define TCONV_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"

namespace mlir {
class ModuleOp;
namespace func {
class FuncOp;
} // namespace func
namespace gpu {
class GPUModuleOp;
} // namespace gpu
} // namespace mlir

namespace mlir::tconv {

/// What the name of a function ends in that packs the filters of another.
inline constexpr llvm::StringLiteral packFunctionSuffix = "_pack";

#define GEN_PASS_DECL
#include "tconv/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "tconv/Transforms/Passes.h.inc"

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_PASSES_H
