//===- CacheKey.h - What compiled code depends on ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CODEGEN_CACHEKEY_H
#define TCONV_CODEGEN_CACHEKEY_H

#include <string>

namespace llvm {
class TargetMachine;
} // namespace llvm
namespace mlir {
class ModuleOp;
namespace tconv {
struct PipelineOptions;
} // namespace tconv
} // namespace mlir

namespace tconv {

/// A hash, in hexadecimal digits, of all that code depends on: the module before its
/// passes, with its locations, which stand in messages of the code; the options of the
/// pipeline; the processor with its features; and this compiler.
std::string cacheKey(mlir::ModuleOp module, const mlir::tconv::PipelineOptions &options,
                     const llvm::TargetMachine &machine);

} // namespace tconv

#endif // TCONV_CODEGEN_CACHEKEY_H
