//===- MemoryGuard.h - Work that takes memory by new ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_MEMORYGUARD_H
#define TCONV_LIB_RUNTIME_MEMORYGUARD_H

namespace tconv {

/// Runs something that takes memory by `new` and gives all of it back; false, and nothing is left
/// of it, if there is not enough memory.
bool runWithMemory(void (*run)(void *context), void *context);

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_MEMORYGUARD_H
