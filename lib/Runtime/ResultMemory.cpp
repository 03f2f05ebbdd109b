//===- ResultMemory.cpp - Memory of the host's for results ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Test: unittests/Runtime/ResultMemoryTest.cpp
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/ResultMemory.h"

#include <utility>

using namespace tconv;

/// That of this thread.
static thread_local ResultMemory *offered = nullptr;

ResultMemory::ResultMemory(std::vector<Block> blocks) : blocks(std::move(blocks)) {
  offered = this;
}

ResultMemory::~ResultMemory() { offered = nullptr; }

void *ResultMemory::take(int64_t bytes) {
  // What compiled code asks for beyond the elements, if it moves the beginning.
  constexpr int64_t alignment = 64;
  if (!offered)
    return nullptr;
  for (Block &block : offered->blocks)
    if (!block.taken && (bytes == block.bytes || bytes == block.bytes + alignment)) {
      block.taken = true;
      return block.memory;
    }
  return nullptr;
}

bool ResultMemory::giveBack(void *memory) {
  if (!offered)
    return false;
  for (Block &block : offered->blocks)
    if (block.memory == memory) {
      block.taken = false;
      return true;
    }
  return false;
}
