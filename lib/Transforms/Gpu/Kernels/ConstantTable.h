//===- ConstantTable.h - Constant numbers in a GPU module -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_CONSTANTTABLE_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_CONSTANTTABLE_H

#include "KernelBuilder.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {

/// The address of a constant of the module that holds these 32-bit numbers, in global memory.
Value createConstantTable(KernelBuilder &b, gpu::GPUModuleOp module, ArrayRef<int32_t> numbers);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_CONSTANTTABLE_H
