//===- CachingAllocator.h - Memory that is kept for the next run -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A run takes as much memory for intermediates as the one before. The C library gives large blocks
// back to the system and gets fresh pages for the next, which the system clears and maps one by one
// (a third of the time of layers with channels first, on a virtual machine). So blocks are kept,
// within bounds. Uses the C library only.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_RUNTIME_CACHINGALLOCATOR_H
#define TCONV_LIB_RUNTIME_CACHINGALLOCATOR_H

#include <cstddef>

namespace tconv {

/// The most bytes of a process that are kept, and that a block has at least to be kept.
inline constexpr size_t mostKeptBytes = size_t(512) << 20, fewestKeptBytes = size_t(64) << 10;

/// Memory of at least so many bytes, which freeKept or std::free take back; null if there is not
/// as much.
void *allocateKept(size_t bytes);

/// Keeps the memory for a later allocation of about as many bytes, or frees it.
void freeKept(void *memory);

/// Frees what is kept.
void releaseKept();

} // namespace tconv

#endif // TCONV_LIB_RUNTIME_CACHINGALLOCATOR_H
