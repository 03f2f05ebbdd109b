//===- Accumulators.h - Results of wgmma, and its operands ----- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The result of a wgmma is in registers, but not before a wait. So what a kernel gets for it is a
// handle: two words in the first two registers, and poison in the others. A register that is read
// of a struct with a handle is looked up; the next wgmma goes on with what the handle stands for.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_ACCUMULATORS_H
#define TCONV_LIB_EMULATOR_ACCUMULATORS_H

#include "Swizzle.h"

#include "tconv/Emulator/EntryPoints.h"

#include <deque>

namespace tconv::emulator {

struct Block;

/// Where an operand is in shared memory. Of 16 bytes that are neighbours, elements go along the
/// major dimension; "lines" are those of the other dimension.
struct MatrixDescriptor {
  uint64_t start = 0;
  uint32_t leadingBytes = 0, strideBytes = 0, firstLine = 0;
  Swizzle kind = Swizzle::None;

  /// An error if bits are set that mean nothing.
  static MatrixDescriptor decode(Block &block, uint64_t bits, const Site *site);

  /// Where 16 bytes are: along m or n from `mn` on, for one k; or along k from `k` on. Both are
  /// numbers of elements of `elementBytes` bytes.
  uint64_t locate(uint32_t mn, uint32_t k, bool isMNMajor, uint32_t elementBytes) const;
};

/// A result of 64 by n, as numbers of the type in which sums are computed.
struct Accumulators {
  static constexpr uint32_t rows = 64;

  uint32_t id = 0;
  WarpgroupShape shape;
  const Site *site = nullptr;
  bool landed = false;
  /// One of them is in use, row by row.
  std::vector<float> floats;
  std::vector<int32_t> integers;

  /// Register `index` of a thread of the warpgroup; the reverse for a register of given bits.
  uint32_t getRegister(uint32_t thread, uint32_t index) const;
  void setRegister(uint32_t thread, uint32_t index, uint32_t bits);
  uint32_t countRegisters() const;
};

/// The results of a warpgroup that it may still read.
class AccumulatorPool {
public:
  void clear();
  /// Of a wgmma, with a handle of their own.
  Accumulators &create(const WarpgroupShape &shape, const Site *site);
  /// What two registers stand for, if they hold a handle; null if they do not. An error if it is
  /// that of a result which is forgotten.
  Accumulators *find(Block &block, uint32_t first, uint32_t second, const Site *site);
  static void writeHandle(const Accumulators &accumulators, uint32_t *registers, uint32_t count);

private:
  /// The oldest first, with ids that count.
  std::deque<Accumulators> results;
  uint32_t lastId = 0, lastCleared = 0;
};

/// Adds the product of two operands in shared memory to the result.
void multiply(const MatrixDescriptor &a, const MatrixDescriptor &b, Accumulators &result);

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_ACCUMULATORS_H
