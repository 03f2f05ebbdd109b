//===- SharedMemory.h - Places of variables in shared memory -- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATORLOWERING_SHAREDMEMORY_H
#define TCONV_LIB_EMULATORLOWERING_SHAREDMEMORY_H

#include "tconv/EmulatorLowering/EmulatorLowering.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

namespace mlir::tconv {

/// The shared memory of one kernel.
struct KernelShared {
  SmallVector<::tconv::EmulatedShared> variables;
  uint32_t dynamicOffset = 0;
};

/// Where the variables in shared memory of a module are, in bytes from the start of the shared
/// memory of a block. A variable of several kernels is at one place for all of them.
class SharedLayout {
public:
  /// Kernels are functions with the attribute nvvm.kernel or gpu.kernel.
  explicit SharedLayout(ModuleOp module);

  static bool isShared(LLVM::GlobalOp variable);
  /// Of no size known to the compiler: the launch says how large it is.
  static bool isDynamic(LLVM::GlobalOp variable);

  uint32_t getOffset(LLVM::GlobalOp variable) const { return offsets.lookup(variable); }
  const KernelShared &getKernel(LLVM::LLVMFuncOp kernel) const { return kernels.at(kernel); }

private:
  void place(LLVM::GlobalOp variable, ArrayRef<LLVM::LLVMFuncOp> users);
  void placeDynamic(ArrayRef<LLVM::GlobalOp> variables);

  DenseMap<Operation *, uint32_t> offsets;
  DenseMap<Operation *, KernelShared> kernels;
  /// The end of the variables of each kernel.
  DenseMap<Operation *, uint32_t> ends;
};

bool isKernel(LLVM::LLVMFuncOp function);

} // namespace mlir::tconv

#endif // TCONV_LIB_EMULATORLOWERING_SHAREDMEMORY_H
