//===- BulkCopies.h - Copies of whole ranges and boxes -------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the tensor memory accelerator does for one thread: copies to shared memory, whose bytes an
// mbarrier counts, and copies from it, for groups of which the thread waits.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_BULKCOPIES_H
#define TCONV_LIB_EMULATOR_BULKCOPIES_H

#include "RaceDetector.h"
#include "TensorCopy.h"

#include <deque>
#include <optional>
#include <vector>

namespace tconv::emulator {

struct Block;

/// A copy between a range of shared memory and a range, or a box of a tensor, in global memory.
struct BulkCopy {
  uint64_t shared = 0, bytes = 0;
  /// Where the range is, if it is no box.
  uint64_t global = 0;
  std::optional<TensorCopy> tensor;
  const Site *site = nullptr;

  void load() const;
  void store(const char *source) const;
};

/// A copy to shared memory that an mbarrier has not told of yet.
struct BulkLoad {
  BulkCopy copy;
  /// The bytes that the mbarrier counts.
  uint64_t counted = 0;
  /// What those who wait for it know then.
  RaceDetector::Clock known{};
  /// The phase in which its bytes came.
  std::optional<uint64_t> phase;
};

/// The copies from shared memory of the threads of a block.
class BulkStores {
public:
  void reset(uint32_t numThreads);

  void issue(Block &block, BulkCopy copy);
  void commit(Block &block);
  /// Waits until at most `pending` groups of the current thread are not done, or have not been
  /// read.
  void wait(Block &block, uint32_t pending, bool readOnly);
  /// Ends what is left when the block ends; an error if shared memory is still being read.
  Status finish(Block &block);

private:
  struct Store {
    BulkCopy copy;
    /// What was read from shared memory, and whether it has been.
    std::vector<char> source;
    bool isRead = false;
  };
  using Group = std::vector<Store>;
  struct Thread {
    Group open;
    std::deque<Group> committed;
  };

  void read(Block &block, Group &group);
  void write(Block &block, const Group &group);

  std::vector<Thread> threads;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_BULKCOPIES_H
