//===- MemoryGuard.cpp - Work that takes memory by new --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "MemoryGuard.h"

#include <new>

bool tconv::runWithMemory(void (*run)(void *context), void *context) {
  try {
    run(context);
    return true;
  } catch (const std::bad_alloc &) {
    return false;
  }
}
