//===- HugePages.cpp - Memory on huge pages -------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Support/HugePages.h"

#include "tconv/Support/Division.h"

#include <cstdlib>
#include <sys/mman.h>

void *tconv::allocateOnHugePages(size_t bytes) {
  // aligned_alloc wants a multiple of the alignment.
  const size_t rounded = roundUp(bytes, hugePageBytes);
  void *memory = std::aligned_alloc(hugePageBytes, rounded);
#ifdef MADV_HUGEPAGE
  if (memory)
    madvise(memory, rounded, MADV_HUGEPAGE); // a wish; nothing depends on it
#endif
  return memory;
}
