//===- DeviceMemory.cpp - Tensors in the memory of a device ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/DeviceMemory.h"

#include <algorithm>

using namespace tconv;

DeviceMemory::~DeviceMemory() {
  for (DeviceAddress buffer : buffers)
    (void)device.free(buffer);
}

Result<DeviceAddress> DeviceMemory::allocate(uint64_t bytes) {
  Result<DeviceAddress> address = device.allocate(std::max<uint64_t>(bytes, 1));
  if (address)
    buffers.push_back(*address);
  return address;
}

Result<DeviceTensor> DeviceMemory::allocate(ElementType type, const std::vector<int64_t> &shape) {
  Result<int64_t> bytes = tensorByteSize(type, shape);
  if (!bytes)
    return bytes.error();
  Result<DeviceAddress> address = allocate(static_cast<uint64_t>(*bytes));
  if (!address)
    return address.error();
  return DeviceTensor{type, shape, *address};
}

Result<DeviceTensor> DeviceMemory::upload(const HostTensor &tensor) {
  Result<DeviceTensor> copy = allocate(tensor.type(), tensor.shape());
  if (!copy || tensor.sizeInBytes() == 0)
    return copy;
  Status status = device.copyToDevice(copy->address, tensor.data(), tensor.sizeInBytes());
  if (!status)
    return status.error();
  return copy;
}

Result<HostTensor> tconv::download(Device &device, const DeviceTensor &tensor) {
  Result<HostTensor> copy = HostTensor::allocate(tensor.type, tensor.shape);
  if (!copy)
    return copy;
  if (Status status = downloadTo(device, tensor, *copy); !status)
    return status.error();
  return copy;
}

Status tconv::downloadTo(Device &device, const DeviceTensor &tensor, HostTensor &copy) {
  if (copy.sizeInBytes() == 0)
    return success();
  return device.copyToHost(copy.data(), tensor.address, copy.sizeInBytes());
}
