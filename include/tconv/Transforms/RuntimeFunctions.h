//===- RuntimeFunctions.h - Declarations of the runtime's functions -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions of include/tconv/Runtime/Failure.h and Parallel.h, as generated code calls them.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RUNTIMEFUNCTIONS_H
#define TCONV_TRANSFORMS_RUNTIMEFUNCTIONS_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

namespace mlir::tconv {

enum class RuntimeFunction {
  Check,       ///< i1 tconvCheck(i1 holds, ptr message): whether the check failed
  Allocate,    ///< ptr tconvAllocate(i64 bytes): null if there is not enough memory
  Free,        ///< void tconvFree(ptr)
  FindPlan,    ///< i64 tconvFindPlan(i64 request): the address of a plan, or 0 after a failure
  ReleasePlan, ///< void tconvReleasePlan(i64 plan): it is not used any more
  Failed,      ///< i1 tconvFailed(): whether anything failed and was not yet taken note of
  ParallelFor, ///< void tconvParallelFor(ptr body, ptr context, i64 count)
};

StringRef getName(RuntimeFunction function);
LLVM::LLVMFunctionType getFunctionType(MLIRContext *context, RuntimeFunction function);
LLVM::LLVMFuncOp getOrDeclare(ModuleOp module, RuntimeFunction function);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RUNTIMEFUNCTIONS_H
