//===- ConvertHostToLLVM.h - Functions beside kernels in LLVM's dialect -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_PIPELINES_CONVERTHOSTTOLLVM_H
#define TCONV_LIB_PIPELINES_CONVERTHOSTTOLLVM_H

#include <memory>

namespace mlir {
class Pass;
} // namespace mlir

namespace mlir::tconv {

/// Upstream's gpu-to-llvm for functions; kernels stay in the NVVM dialect as they are.
std::unique_ptr<Pass> createConvertHostToLLVMPass();

} // namespace mlir::tconv

#endif // TCONV_LIB_PIPELINES_CONVERTHOSTTOLLVM_H
