//===- KernelFunction.h - Functions of a GPU module, and their launches *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELFUNCTION_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELFUNCTION_H

#include "KernelBuilder.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace mlir::tconv {

/// The GPU module that all kernels of a module are put into; created when it is needed.
class KernelModule {
public:
  explicit KernelModule(ModuleOp module) : module(module) {}

  /// A kernel without a body that takes addresses in global memory. Its name begins with
  /// that of the host function that launches it. Arguments are not written to but the last. In
  /// front of them are tensor maps, if it has any.
  LLVM::LLVMFuncOp createKernel(Operation *launchSite, StringRef purpose, size_t numPointers,
                                int64_t threads, size_t numMaps = 0);
  /// The dynamic shared memory of the block, in a kernel.
  Value getShared(KernelBuilder &b);
  gpu::GPUModuleOp get();

private:
  ModuleOp module;
  gpu::GPUModuleOp kernels;
};

struct LaunchSizes {
  int64_t blocks;
  int64_t blocksY = 1;
  int64_t threads;
  int64_t sharedBytes = 0;
};

/// Launches a kernel on buffers, whose elements are contiguous, and tensor maps.
void createLaunch(KernelBuilder &b, LLVM::LLVMFuncOp kernel, const LaunchSizes &sizes,
                  ValueRange buffers, ValueRange maps = {});

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_KERNELFUNCTION_H
