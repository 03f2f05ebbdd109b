//===- HostTensor.cpp - A dense tensor in host memory -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Allocation with every size checked first, and access by element.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/HostTensor.h"

#include "tconv/Support/Division.h"
#include "tconv/Support/HugePages.h"
#include "tconv/Support/Memory.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <cstring>

namespace tconv {

std::string typeString(ElementType type, const std::vector<int64_t> &shape) {
  std::string text;
  for (int64_t dimension : shape)
    text += std::to_string(dimension) + "x";
  return text.append(name(type));
}

Result<int64_t> tensorByteSize(ElementType type, const std::vector<int64_t> &shape) {
  if (shape.size() > HostTensor::maxRank)
    return Error{"expected at most " + std::to_string(HostTensor::maxRank) + " dimensions, got " +
                 std::to_string(shape.size())};
  for (int64_t dimension : shape)
    if (dimension < 0)
      return Error{"expected no negative dimension, got " + typeString(type, shape)};
  if (std::find(shape.begin(), shape.end(), 0) != shape.end())
    return int64_t(0);

  int64_t bytes = byteSize(type);
  for (int64_t dimension : shape)
    if (__builtin_mul_overflow(bytes, dimension, &bytes))
      return Error{"expected a size in bytes below 2^63, got " + typeString(type, shape)};
  return bytes;
}

static Error notEnoughMemory(const std::string &tensor, int64_t needed, uint64_t available) {
  return Error{"not enough memory for a tensor of " + tensor + ": " + std::to_string(needed) +
               " bytes needed, " + std::to_string(available) + " available"};
}

/// Memory, on huge pages if it is large: a layer that reads 30 MB of weights once takes 5 %
/// less time then.
static std::byte *allocateAligned(size_t size) {
  // aligned_alloc wants a multiple of the alignment; no overflow in size_t.
  void *memory =
      size >= 2 * hugePageBytes
          ? allocateOnHugePages(size)
          : std::aligned_alloc(HostTensor::alignment, roundUp(size, HostTensor::alignment));
  return static_cast<std::byte *>(memory);
}

Result<HostTensor> HostTensor::allocate(ElementType type, std::vector<int64_t> shape) {
  Result<int64_t> bytes = tensorByteSize(type, shape);
  if (!bytes)
    return bytes.error();

  HostTensor tensor;
  tensor.elementType = type;
  tensor.dimensions = std::move(shape);
  tensor.bytes = *bytes;
  if (*bytes == 0)
    return tensor;
  uint64_t available = availableMemory();
  if (static_cast<uint64_t>(*bytes) > available)
    return notEnoughMemory(tensor.typeString(), *bytes, available);
  tensor.buffer.reset(allocateAligned(static_cast<size_t>(*bytes)));
  if (!tensor.buffer)
    return notEnoughMemory(tensor.typeString(), *bytes, available);
  std::memset(tensor.data(), 0, static_cast<size_t>(*bytes));
  return tensor;
}

HostTensor HostTensor::view(ElementType type, std::vector<int64_t> shape, std::byte *elements) {
  HostTensor tensor;
  Result<int64_t> bytes = tensorByteSize(type, shape);
  assert(bytes && "a view of a shape without a size");
  tensor.elementType = type;
  tensor.dimensions = std::move(shape);
  tensor.bytes = *bytes;
  tensor.buffer = {elements, Free{false}};
  return tensor;
}

Result<HostTensor> HostTensor::clone() const {
  Result<HostTensor> copy = allocate(elementType, dimensions);
  if (copy && bytes != 0)
    std::memcpy(copy->data(), data(), bytes);
  return copy;
}

template <typename T> T HostTensor::load(int64_t linear) const {
  assert(linear >= 0 && linear < numElements() && "no such element");
  T value;
  std::memcpy(&value, data() + linear * sizeof(T), sizeof(T));
  return value;
}

template <typename T> void HostTensor::store(int64_t linear, T value) {
  assert(linear >= 0 && linear < numElements() && "no such element");
  std::memcpy(data() + linear * sizeof(T), &value, sizeof(T));
}

double HostTensor::at(int64_t linear) const {
  switch (elementType) {
  case ElementType::F64:
    return load<double>(linear);
  case ElementType::F32:
    return load<float>(linear);
  case ElementType::F16:
    return halfToDouble(load<uint16_t>(linear));
  case ElementType::BF16:
    return bfloat16ToDouble(load<uint16_t>(linear));
  default:
    return static_cast<double>(intAt(linear));
  }
}

void HostTensor::set(int64_t linear, double value) {
  switch (elementType) {
  case ElementType::F64:
    return store<double>(linear, value);
  case ElementType::F32:
    return store<float>(linear, static_cast<float>(value));
  case ElementType::F16:
    return store<uint16_t>(linear, doubleToHalf(value));
  case ElementType::BF16:
    return store<uint16_t>(linear, doubleToBfloat16(value));
  default:
    assert(false && "expected a floating-point type");
  }
}

int64_t HostTensor::intAt(int64_t linear) const {
  switch (elementType) {
  case ElementType::I64:
    return load<int64_t>(linear);
  case ElementType::I32:
    return load<int32_t>(linear);
  case ElementType::I16:
    return load<int16_t>(linear);
  case ElementType::I8:
    return load<int8_t>(linear);
  case ElementType::I1:
    return load<uint8_t>(linear) != 0;
  default:
    assert(false && "expected an integer type");
    return 0;
  }
}

void HostTensor::setInt(int64_t linear, int64_t value) {
  switch (elementType) {
  case ElementType::I64:
    return store<int64_t>(linear, value);
  case ElementType::I32:
    return store<int32_t>(linear, static_cast<int32_t>(value));
  case ElementType::I16:
    return store<int16_t>(linear, static_cast<int16_t>(value));
  case ElementType::I8:
    return store<int8_t>(linear, static_cast<int8_t>(value));
  case ElementType::I1:
    return store<uint8_t>(linear, value != 0);
  default:
    assert(false && "expected an integer type");
  }
}

} // namespace tconv
