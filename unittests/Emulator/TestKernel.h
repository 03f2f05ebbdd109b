//===- TestKernel.h - Kernels from text, and their launches --- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_UNITTESTS_EMULATOR_TESTKERNEL_H
#define TCONV_UNITTESTS_EMULATOR_TESTKERNEL_H

#include "tconv/Emulator/EmulatedDevice.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/MLIRContext.h"
#include "mlir/IR/OwningOpRef.h"

#include <cstring>
#include <string>
#include <vector>

namespace tconv {

/// A device and the kernels of a module in it.
class TestKernel {
public:
  /// `text` holds one gpu.module.
  explicit TestKernel(const std::string &text, const EmulatorOptions &options = {});

  /// Memory of the device with the contents of a vector.
  template <typename T> uint64_t upload(const std::vector<T> &values) {
    DeviceAddress address = allocate(values.size() * sizeof(T));
    Status status = device.copyToDevice(address, values.data(), values.size() * sizeof(T));
    return status ? address : 0;
  }
  template <typename T> std::vector<T> download(uint64_t address, size_t number) {
    std::vector<T> values(number);
    Status status = device.copyToHost(values.data(), address, number * sizeof(T));
    return status ? values : std::vector<T>();
  }
  uint64_t allocate(uint64_t bytes);

  /// Launches a kernel, gives the error or "". Its parameters are of 8 bytes, or of those given,
  /// whose words follow each other in the arguments.
  std::string launch(const std::string &name, LaunchShape shape,
                     const std::vector<uint64_t> &arguments,
                     std::vector<uint32_t> parameterBytes = {});

  /// Why the module could not be loaded, or "".
  std::string loadError;
  bool unsupported = false;
  EmulatedDevice device;

private:
  std::unique_ptr<DeviceModule> module;
};

} // namespace tconv

#endif // TCONV_UNITTESTS_EMULATOR_TESTKERNEL_H
