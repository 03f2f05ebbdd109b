//===- Memory.h - How much memory may be used -------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the operating system and the control group of this process leave for an
// allocation, so that a too large one is refused with a message and not by a kill.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SUPPORT_MEMORY_H
#define TCONV_SUPPORT_MEMORY_H

#include <cstdint>

namespace tconv {

/// The number of bytes this process can still use: the smallest of the system's
/// available memory and what is left of each control group (v1 or v2) around the
/// process, counting page cache that the kernel would give back. UINT64_MAX where
/// the system tells nothing.
uint64_t availableMemory();

} // namespace tconv

#endif // TCONV_SUPPORT_MEMORY_H
