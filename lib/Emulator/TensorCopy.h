//===- TensorCopy.h - A box of a tensor and its place in shared memory  -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_TENSORCOPY_H
#define TCONV_LIB_EMULATOR_TENSORCOPY_H

#include "tconv/Device/TensorMap.h"

#include <array>
#include <functional>

namespace tconv::emulator {

/// What one instruction copies: rows of elements that are side by side in global memory, and one
/// behind the other, in chunks that a swizzle permutes, in shared memory.
class TensorCopy {
public:
  /// Coordinates of the first element, and im2col's offsets: the position in the filter.
  struct Position {
    std::array<int32_t, 5> coordinates{};
    std::array<uint16_t, 3> offsets{};
  };

  TensorCopy(TensorMapDescription map, const Position &position, uint64_t shared)
      : map(std::move(map)), position(position), shared(shared) {}

  /// Bytes of shared memory from its start on that may be touched.
  uint64_t sharedBytes() const;
  /// Calls `visit` with each range of global memory, of at least a byte: what is not outside of the
  /// tensor.
  void forEachRange(const std::function<void(uint64_t address, uint64_t bytes)> &visit) const;

  /// Fills the shared memory; elements outside of the tensor are zeros or NaN.
  void load() const;
  /// Writes the elements that are inside of the tensor from a copy of the shared memory.
  void store(const char *source) const;

private:
  /// A row: whether it is in the tensor, and where its channel 0 is in global memory.
  template <typename Visit> void forEachRow(Visit visit) const;
  template <typename Visit> void forEachTileRow(Visit visit) const;
  template <typename Visit> void forEachPixel(Visit visit) const;
  /// Chunks of 16 bytes: the swizzled place, the first element's coordinate, the row.
  template <typename Visit> void forEachChunk(Visit visit) const;
  uint32_t rowElements() const;
  /// The first and the number of those elements from a coordinate on that are in the tensor.
  std::array<uint32_t, 2> clip(int64_t first, uint32_t number) const;

  TensorMapDescription map;
  Position position;
  uint64_t shared;
};

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_TENSORCOPY_H
