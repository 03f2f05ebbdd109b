//===- AsyncCopies.h - Copies from global to shared memory ---- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A thread issues copies, closes groups of them, and waits until few enough groups are left.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_ASYNCCOPIES_H
#define TCONV_LIB_EMULATOR_ASYNCCOPIES_H

#include "tconv/Emulator/Site.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace tconv::emulator {

struct Block;

class AsyncCopies {
public:
  void reset(uint32_t numThreads);

  /// Copies `sourceBytes` bytes and fills the rest of `bytes` with zeros.
  void issue(Block &block, uint64_t to, uint64_t from, uint32_t bytes, uint32_t sourceBytes,
             const Site *site);
  void commit(Block &block);
  /// Waits until at most `pending` groups of the current thread have not landed.
  void wait(Block &block, uint32_t pending);
  /// Waits for all copies, those of the open group too.
  void waitAll(Block &block);

private:
  struct Copy {
    uint64_t to, from;
    uint32_t bytes, sourceBytes;
    const Site *site;
  };
  using Group = std::vector<Copy>;
  struct Thread {
    Group open;
    std::deque<Group> committed;
  };

  void land(Block &block, const Group &group);

  std::vector<Thread> threads;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_ASYNCCOPIES_H
