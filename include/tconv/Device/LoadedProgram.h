//===- LoadedProgram.h - A program on a device ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_LOADEDPROGRAM_H
#define TCONV_DEVICE_LOADEDPROGRAM_H

#include "tconv/Device/Interpreter.h"

#include <memory>

namespace tconv {

/// A tensor in the memory of a device, in C order without gaps, which belongs to somebody else.
struct DeviceTensor {
  ElementType type = ElementType::F32;
  std::vector<int64_t> shape;
  DeviceAddress address = 0;
};

/// A program whose kernels and constants are on a device. The device outlives it.
class LoadedProgram {
public:
  /// Loads a program and the code of its kernels, null if there are none, for this device. The
  /// errors of `verify` and of the device.
  static Result<std::unique_ptr<LoadedProgram>> load(Program program, Device &device,
                                                     std::unique_ptr<DeviceModule> module);
  ~LoadedProgram();
  LoadedProgram(const LoadedProgram &) = delete;
  LoadedProgram &operator=(const LoadedProgram &) = delete;

  const Program &program() const { return code; }
  Device &device() const { return target; }

  /// Packs the inputs of the function `pack`, in its order, into buffers of the sizes that
  /// `packedBytes` of the entry says.
  Status pack(const std::vector<DeviceTensor> &inputs,
              const std::vector<DeviceAddress> &packed) const;

  /// Starts the entry. Outputs are given if it takes them; otherwise they are replaced by
  /// tensors in buffers that belong to the caller, who frees each.
  Status run(const std::vector<DeviceTensor> &inputs, const std::vector<DeviceAddress> &packed,
             std::vector<DeviceTensor> &outputs) const;

private:
  LoadedProgram(Program program, Device &device, std::unique_ptr<DeviceModule> module)
      : code(std::move(program)), target(device), kernels(std::move(module)) {}
  Status loadSegments();
  ProgramContext context() const { return {code, target, kernels.get(), segments}; }

  Program code;
  Device &target;
  std::unique_ptr<DeviceModule> kernels;
  std::vector<DeviceAddress> segments;
};

} // namespace tconv

#endif // TCONV_DEVICE_LOADEDPROGRAM_H
