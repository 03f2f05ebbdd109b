//===- HostTensor.h - A dense tensor in host memory -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A tensor with its type, its shape and its elements in C (row-major) order.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_HOSTTENSOR_H
#define TCONV_HOSTTENSOR_HOSTTENSOR_H

#include "tconv/HostTensor/ElementType.h"
#include "tconv/Support/Result.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tconv {

/// "1x1x4x4xf32", or "f32" for rank 0.
std::string typeString(ElementType type, const std::vector<int64_t> &shape);

/// The number of bytes of a tensor. An error if there are more than
/// HostTensor::maxRank dimensions, if one is negative, or if the size does not fit
/// 63 bits. A shape with a zero has no elements.
Result<int64_t> tensorByteSize(ElementType type, const std::vector<int64_t> &shape);

/// A dense tensor in C order that owns its elements, unless it is a view. It is moved, or copied by
/// `clone`, which can fail.
class HostTensor {
public:
  /// As many dimensions as a NumPy array can have.
  static constexpr size_t maxRank = 64;
  /// The alignment of `data()` in bytes.
  static constexpr size_t alignment = 64;

  /// No elements: 0xf64.
  HostTensor() = default;

  /// A tensor of zeros. The errors of `tensorByteSize`, and one for a size above
  /// the memory available.
  static Result<HostTensor> allocate(ElementType type, std::vector<int64_t> shape);

  /// A tensor of elements that belong to somebody else, who keeps them as long as it is in
  /// use: as many as the type and the shape say, of any alignment that the type allows.
  static HostTensor view(ElementType type, std::vector<int64_t> shape, std::byte *elements);

  HostTensor(HostTensor &&other) noexcept : HostTensor() { *this = std::move(other); }
  HostTensor &operator=(HostTensor &&other) noexcept {
    std::swap(elementType, other.elementType);
    std::swap(dimensions, other.dimensions);
    std::swap(bytes, other.bytes);
    std::swap(buffer, other.buffer);
    return *this;
  }

  /// A copy. The errors of `allocate`.
  Result<HostTensor> clone() const;

  /// Hands the elements of a tensor that owns them to the caller, who frees them with std::free;
  /// the tensor is not used any more.
  std::byte *release() { return buffer.release(); }

  ElementType type() const { return elementType; }
  const std::vector<int64_t> &shape() const { return dimensions; }
  int64_t rank() const { return static_cast<int64_t>(dimensions.size()); }
  int64_t numElements() const { return bytes / byteSize(elementType); }
  int64_t sizeInBytes() const { return bytes; }
  std::string typeString() const { return tconv::typeString(elementType, dimensions); }

  /// The elements; null if there are none.
  std::byte *data() { return buffer.get(); }
  const std::byte *data() const { return buffer.get(); }

  /// The element at a position in C order, `0 <= linear < numElements()`, of any
  /// type; integers beyond 2^53 are rounded.
  double at(int64_t linear) const;
  /// Rounds `value` once to the type, which is a floating-point type.
  void set(int64_t linear, double value);

  /// The element of an integer type; I1 gives 0 or 1.
  int64_t intAt(int64_t linear) const;
  /// Keeps the low bits of `value` that the integer type has; I1 keeps `value != 0`.
  void setInt(int64_t linear, int64_t value);

private:
  struct Free {
    Free() : isOwned(true) {}
    explicit Free(bool isOwned) : isOwned(isOwned) {}
    bool isOwned;
    void operator()(std::byte *memory) const {
      if (isOwned)
        std::free(memory);
    }
  };

  template <typename T> T load(int64_t linear) const;
  template <typename T> void store(int64_t linear, T value);

  ElementType elementType = ElementType::F64;
  std::vector<int64_t> dimensions = {0};
  int64_t bytes = 0;
  std::unique_ptr<std::byte, Free> buffer;
};

} // namespace tconv

#endif // TCONV_HOSTTENSOR_HOSTTENSOR_H
