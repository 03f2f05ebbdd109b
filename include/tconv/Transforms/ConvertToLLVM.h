//===- ConvertToLLVM.h - The tconv dialect in the LLVM dialect -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_CONVERTTOLLVM_H
#define TCONV_TRANSFORMS_CONVERTTOLLVM_H

namespace mlir {
class DialectRegistry;
} // namespace mlir

namespace mlir::tconv {

/// Lets upstream's pass convert-to-llvm convert `tconv.parallel_call`.
void registerConvertToLLVMInterface(DialectRegistry &registry);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_CONVERTTOLLVM_H
