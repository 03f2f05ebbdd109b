//===- KernelTable.h - What a lowered module says of its kernels  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATORLOWERING_KERNELTABLE_H
#define TCONV_LIB_EMULATORLOWERING_KERNELTABLE_H

#include "SharedMemory.h"

namespace mlir::tconv {

/// What the emulator has to know of a kernel.
DictionaryAttr describeKernel(LLVM::LLVMFuncOp kernel, const KernelShared &shared);

/// Adds, behind a kernel, the function that calls it with arguments from an array of words. The
/// description becomes an attribute of that function.
void createEntry(LLVM::LLVMFuncOp kernel, DictionaryAttr description);

/// Where the list of sites is, an attribute of the module.
inline constexpr llvm::StringLiteral sitesAttributeName = "tconv.emulator.sites";

} // namespace mlir::tconv

#endif // TCONV_LIB_EMULATORLOWERING_KERNELTABLE_H
