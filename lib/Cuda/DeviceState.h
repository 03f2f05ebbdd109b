//===- DeviceState.h - A GPU's context and buffers -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CUDA_DEVICESTATE_H
#define TCONV_LIB_CUDA_DEVICESTATE_H

#include "Driver.h"

#include "tconv/Device/Device.h"
#include "tconv/Device/GpuArch.h"

#include <map>
#include <unordered_map>

namespace tconv::cuda {

class DeviceState {
public:
  explicit DeviceState(std::unique_ptr<Driver> driver) : driver(std::move(driver)) {}
  ~DeviceState();
  DeviceState(const DeviceState &) = delete;

  /// Makes the context of a GPU, and a stream.
  Status open(int number);
  /// Makes the context that of the calling thread.
  Status enter() const;

  Result<Address> allocate(uint64_t bytes);
  Status free(Address address);

  std::unique_ptr<Driver> driver;
  std::string name;
  GpuArch arch;
  Stream stream = nullptr;

private:
  Status identify();
  Status releaseKept();

  DeviceNumber device = 0;
  Context context = nullptr;
  /// Buffers in use, and those that are kept, by size.
  std::unordered_map<Address, uint64_t> used;
  std::multimap<uint64_t, Address> kept;
};

} // namespace tconv::cuda

#endif // TCONV_LIB_CUDA_DEVICESTATE_H
