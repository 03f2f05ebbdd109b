//===- Device.h - What runs kernels --------------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A GPU, or the emulator of one: memory of its own, and modules of kernels that can be
// launched. Free of MLIR and LLVM, since deployed programs run with nothing else.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_DEVICE_H
#define TCONV_DEVICE_DEVICE_H

#include "tconv/Device/TensorMap.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tconv {

/// An address in the memory of a device; 0 is none.
using DeviceAddress = uint64_t;

/// How a kernel is called: the bytes of each of its parameters, in order.
struct KernelSignature {
  std::string name;
  std::vector<uint32_t> parameterBytes;
};

/// 64-bit words that hold so many bytes.
constexpr uint32_t wordsOf(uint32_t bytes) { return bytes / 8 + (bytes % 8 != 0); }

/// Blocks of a grid, threads of a block, and bytes of dynamic shared memory of a block.
struct LaunchShape {
  std::array<uint32_t, 3> grid{1, 1, 1};
  std::array<uint32_t, 3> block{1, 1, 1};
  uint32_t sharedBytes = 0;
};

/// Kernels that have been loaded onto a device, which outlives them.
class DeviceModule {
public:
  virtual ~DeviceModule() = default;

  /// Starts a kernel of the module. `arguments` points to as many 64-bit words for each parameter,
  /// one behind the other, as hold it: a number is in the low bytes of a word. May return before
  /// the kernel ends; errors of its run may come from a later call. A shape that the device cannot
  /// run, and a name that the module does not have, are errors. No dimension of the shape is
  /// zero.
  virtual Status launch(const KernelSignature &kernel, const LaunchShape &shape,
                        const uint64_t *arguments) = 0;
};

/// A device. Calls take effect in the order in which they are made.
class Device {
public:
  virtual ~Device() = default;

  /// For people: "NVIDIA H100 (sm_90)", "emulated".
  virtual std::string name() const = 0;

  /// Memory of at least one byte, aligned to 256 bytes; its contents are not defined. An error
  /// if there is not as much.
  virtual Result<DeviceAddress> allocate(uint64_t bytes) = 0;
  /// Gives memory back; nothing is done for 0.
  virtual Status free(DeviceAddress address) = 0;

  virtual Status copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) = 0;
  /// Returns when the bytes are there.
  virtual Status copyToHost(void *to, DeviceAddress from, uint64_t bytes) = 0;
  virtual Status copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) = 0;

  /// A kernel's argument that describes a tensor, for devices that copy boxes of tensors. The
  /// errors of `verify`; unsupported if this is no such device.
  virtual Result<TensorMap> encodeTensorMap(const TensorMapDescription &description) = 0;

  /// Waits for everything that was started, and gives its first error.
  virtual Status synchronize() = 0;
};

} // namespace tconv

#endif // TCONV_DEVICE_DEVICE_H
