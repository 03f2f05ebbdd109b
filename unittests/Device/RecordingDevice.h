//===- RecordingDevice.h - A device that writes down what it is asked ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_DEVICE_RECORDINGDEVICE_H
#define TCONV_UNITTESTS_DEVICE_RECORDINGDEVICE_H

#include "tconv/Device/LoadedProgram.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace tconv {

/// Memory of the host, of which at most `capacity` bytes can be taken.
class RecordingDevice : public Device {
public:
  ~RecordingDevice() override {
    for (auto &[address, bytes] : buffers)
      std::free(reinterpret_cast<void *>(address));
  }

  std::string name() const override { return "recording"; }
  Result<DeviceAddress> allocate(uint64_t bytes) override {
    calls.push_back("allocate " + std::to_string(bytes));
    if (bytes > capacity)
      return Error{"no memory"};
    uint64_t size = bytes + (256 - bytes % 256) % 256;
    auto address = reinterpret_cast<DeviceAddress>(std::aligned_alloc(256, size));
    std::memset(reinterpret_cast<void *>(address), 0, size);
    buffers[address] = bytes;
    return address;
  }
  Status free(DeviceAddress address) override {
    calls.push_back("free");
    if (buffers.erase(address) == 0)
      return Error{"not a buffer"};
    std::free(reinterpret_cast<void *>(address));
    return success();
  }
  Status copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) override {
    return move(reinterpret_cast<void *>(to), from, bytes);
  }
  Status copyToHost(void *to, DeviceAddress from, uint64_t bytes) override {
    return move(to, reinterpret_cast<void *>(from), bytes);
  }
  Status copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) override {
    calls.push_back("copy " + std::to_string(bytes));
    return move(reinterpret_cast<void *>(to), reinterpret_cast<void *>(from), bytes);
  }
  /// A map that says where the tensor is and its first size.
  Result<TensorMap> encodeTensorMap(const TensorMapDescription &description) override {
    calls.push_back("map " + toString(description.recipe));
    if (Status status = verify(description); !status)
      return status.error();
    return TensorMap{{description.address, description.sizes.front(), 3, 4, 5}};
  }
  Status synchronize() override { return success(); }

  std::vector<std::string> calls;
  std::map<DeviceAddress, uint64_t> buffers;
  uint64_t capacity = 1 << 20;

private:
  Status move(void *to, const void *from, uint64_t bytes) {
    std::memmove(to, from, bytes);
    return success();
  }
};

/// Writes launches down: "kernel 4,1,1 64,1,1 0: 5 6", with the first two arguments at most.
class RecordingModule : public DeviceModule {
public:
  explicit RecordingModule(RecordingDevice &device) : device(device) {}
  Status launch(const KernelSignature &kernel, const LaunchShape &shape,
                const uint64_t *arguments) override {
    std::string text = kernel.name;
    for (uint32_t size : shape.grid)
      text += " " + std::to_string(size);
    text += " |";
    for (uint32_t size : shape.block)
      text += " " + std::to_string(size);
    text += " | " + std::to_string(shape.sharedBytes) + " |";
    for (size_t index = 0; index < std::min<size_t>(kernel.parameterBytes.size(), 2); ++index)
      text += " " + std::to_string(arguments[index]);
    device.calls.push_back(text);
    return success();
  }

private:
  RecordingDevice &device;
};

} // namespace tconv

#endif // TCONV_UNITTESTS_DEVICE_RECORDINGDEVICE_H
