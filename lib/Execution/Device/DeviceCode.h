//===- DeviceCode.h - A program on a device ------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_DEVICE_DEVICECODE_H
#define TCONV_LIB_EXECUTION_DEVICE_DEVICECODE_H

#include "tconv/Device/LoadedProgram.h"
#include "tconv/Execution/Code.h"
#include "tconv/Execution/Platform.h"

#include <mutex>

namespace tconv {

/// Copies operands to the device and results back around each run.
class DeviceCode : public Code {
public:
  DeviceCode(std::unique_ptr<DevicePlatform> platform, std::unique_ptr<LoadedProgram> program)
      : platform(std::move(platform)), program(std::move(program)) {}

  const std::vector<int64_t> &packedBytes() const override {
    return program->program().entry.packedBytes;
  }
  Status pack(const std::vector<HostTensor> &inputs,
              std::vector<HostTensor> &packed) const override;
  Status run(const std::vector<HostTensor> &inputs, const std::vector<HostTensor> &packed,
             std::vector<HostTensor> &outputs) const override;
  Result<std::unique_ptr<PreparedRun>>
  prepare(const std::vector<HostTensor> &inputs) const override;
  std::string where() const override { return platform->device().name(); }

private:
  std::unique_ptr<DevicePlatform> platform;
  std::unique_ptr<LoadedProgram> program;
  /// A device serves one run at a time.
  mutable std::mutex mutex;
};

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_DEVICE_DEVICECODE_H
