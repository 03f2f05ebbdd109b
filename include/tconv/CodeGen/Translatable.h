//===- Translatable.h - What has a counterpart in LLVM IR ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_TRANSLATABLE_H
#define TCONV_CODEGEN_TRANSLATABLE_H

#include "tconv/Support/Result.h"

namespace mlir {
class Operation;
} // namespace mlir

namespace tconv {

/// Holds a module of code for a processor or a GPU, which has passed all stages, against what LLVM
/// takes and what is there at run time. What is neither is named in a diagnostic, and is an error
/// of the kind `unsupported`.
Status checkTranslatable(mlir::Operation *module);

} // namespace tconv

#endif // TCONV_CODEGEN_TRANSLATABLE_H
