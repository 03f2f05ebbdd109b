//===- DeviceMemory.h - Tensors in the memory of a device ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_DEVICEMEMORY_H
#define TCONV_DEVICE_DEVICEMEMORY_H

#include "tconv/Device/LoadedProgram.h"

namespace tconv {

/// Buffers of a device, which are freed with it.
class DeviceMemory {
public:
  explicit DeviceMemory(Device &device) : device(device) {}
  ~DeviceMemory();
  DeviceMemory(const DeviceMemory &) = delete;
  DeviceMemory &operator=(const DeviceMemory &) = delete;

  /// At least as many bytes, of undefined contents.
  Result<DeviceAddress> allocate(uint64_t bytes);
  Result<DeviceTensor> allocate(ElementType type, const std::vector<int64_t> &shape);
  /// A copy of a tensor of the host.
  Result<DeviceTensor> upload(const HostTensor &tensor);

private:
  Device &device;
  std::vector<DeviceAddress> buffers;
};

/// A copy of a tensor in the memory of the host.
Result<HostTensor> download(Device &device, const DeviceTensor &tensor);
/// Copies to a tensor of the same type and shape.
Status downloadTo(Device &device, const DeviceTensor &tensor, HostTensor &copy);

} // namespace tconv

#endif // TCONV_DEVICE_DEVICEMEMORY_H
