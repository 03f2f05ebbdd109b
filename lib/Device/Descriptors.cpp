//===- Descriptors.cpp - Tensors as words ---------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tensors are to functions what MLIR's lowering makes of memrefs: the address that was
// allocated, that of the first element, an offset, sizes and strides, a word each. A result may
// lie inside a buffer, or share one with another result; it is copied then, so that each has a
// buffer to free.
//
//===----------------------------------------------------------------------===//

#include "Descriptors.h"

#include <algorithm>

using namespace tconv;

namespace {

/// Buffers that are freed unless they are taken.
class OwnedBuffers {
public:
  OwnedBuffers(Device &device, std::set<DeviceAddress> buffers)
      : device(device), buffers(std::move(buffers)) {}
  OwnedBuffers(const OwnedBuffers &) = delete;
  ~OwnedBuffers() {
    for (DeviceAddress buffer : buffers)
      (void)device.free(buffer);
  }

  void add(DeviceAddress buffer) { buffers.insert(buffer); }
  /// Whether a buffer is there and not taken yet.
  bool take(DeviceAddress buffer) { return buffers.erase(buffer) != 0; }
  /// Takes all that are left.
  void release() { buffers.clear(); }

private:
  Device &device;
  std::set<DeviceAddress> buffers;
};

DeviceTensor readDescriptor(const TensorSpec &spec, const uint64_t *words) {
  DeviceTensor tensor{spec.type, {}, words[1] + words[2] * byteSize(spec.type)};
  for (size_t dim = 0; dim < spec.shape.size(); ++dim)
    tensor.shape.push_back(static_cast<int64_t>(words[3 + dim]));
  return tensor;
}

/// Moves a tensor to a buffer that starts with it.
Status moveToOwnBuffer(Device &device, DeviceTensor &tensor) {
  Result<int64_t> bytes = tensorByteSize(tensor.type, tensor.shape);
  if (!bytes)
    return bytes.error();
  Result<DeviceAddress> copy = device.allocate(std::max<uint64_t>(*bytes, 1));
  if (!copy)
    return copy.error();
  if (Status status = *bytes ? device.copy(*copy, tensor.address, *bytes) : success(); !status) {
    (void)device.free(*copy);
    return status;
  }
  tensor.address = *copy;
  return success();
}

} // namespace

void tconv::appendDescriptor(std::vector<uint64_t> &words, const DeviceTensor &tensor) {
  const std::vector<int64_t> &shape = tensor.shape;
  words.insert(words.end(), {tensor.address, tensor.address, 0});
  words.insert(words.end(), shape.begin(), shape.end());
  words.resize(words.size() + shape.size(), 1);
  for (size_t dim = shape.size(), last = words.size() - 1; dim-- > 1; --last)
    words[last - 1] = words[last] * static_cast<uint64_t>(shape[dim]);
}

void tconv::appendDescriptor(std::vector<uint64_t> &words, DeviceAddress address, int64_t bytes) {
  words.insert(words.end(), {address, address, 0, static_cast<uint64_t>(bytes), 1});
}

Result<std::vector<DeviceTensor>> tconv::takeTensors(Device &device, const Function &function,
                                                     Returned returned) {
  OwnedBuffers sources(device, std::move(returned.buffers)), made(device, {});
  std::vector<DeviceTensor> tensors;
  const uint64_t *words = returned.words.data();
  for (const TensorSpec &spec : function.results) {
    DeviceTensor tensor = readDescriptor(spec, words);
    words += numDescriptorWords(spec.shape.size());
    // A buffer that another result has too, or in which this one does not come first.
    if (!sources.take(tensor.address))
      if (Status status = moveToOwnBuffer(device, tensor); !status)
        return status.error();
    made.add(tensor.address);
    tensors.push_back(std::move(tensor));
  }
  made.release();
  return tensors;
}
