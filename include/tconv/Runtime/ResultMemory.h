//===- ResultMemory.h - Memory of the host's for results --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Functions whose results have dynamic sizes allocate them. A host that runs one again and again
// offers the memory of earlier results: an allocation on its thread that fits is given that, so
// that nothing is allocated, and no fresh page of memory is touched, at sizes seen before.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_RUNTIME_RESULTMEMORY_H
#define TCONV_RUNTIME_RESULTMEMORY_H

#include <cstdint>
#include <vector>

namespace tconv {

/// Offers memory to compiled code on this thread, as long as it lives. One at a time.
class ResultMemory {
public:
  /// Memory aligned to 64 bytes.
  struct Block {
    void *memory;
    int64_t bytes;
    bool taken = false;
  };

  explicit ResultMemory(std::vector<Block> blocks);
  ResultMemory(const ResultMemory &) = delete;
  ~ResultMemory();

  /// A block of so many bytes that is not taken, or null. Of the bytes 64 may be there only to make
  /// the beginning aligned.
  static void *take(int64_t bytes);
  /// Whether the memory belongs to a block, which then may be taken again.
  static bool giveBack(void *memory);

private:
  std::vector<Block> blocks;
};

} // namespace tconv

#endif // TCONV_RUNTIME_RESULTMEMORY_H
