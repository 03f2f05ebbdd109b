//===- CudaDevice.h - A GPU of this machine ------------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The driver is looked for when it is needed, so that programs start where there is none.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_CUDA_CUDADEVICE_H
#define TCONV_CUDA_CUDADEVICE_H

#include "tconv/Device/Device.h"
#include "tconv/Device/GpuArch.h"

#include <functional>
#include <memory>
#include <string_view>

namespace tconv {

namespace cuda {
class DeviceState;
} // namespace cuda

struct CudaOptions {
  /// The number of the GPU.
  int device = 0;
  /// The library of the driver; empty for the variable TCONV_CUDA_DRIVER or, without that, the
  /// system's.
  std::string driver;
};

/// A GPU, with a stream on which everything is done in order. Buffers that were freed are kept
/// for allocations of the same size, so that repeated runs do not wait for the driver.
class CudaDevice : public Device {
public:
  /// Unsupported if there is no driver or no such GPU. Each error names the function of the
  /// driver and what the driver says.
  static Result<std::unique_ptr<CudaDevice>> open(const CudaOptions &options = {});
  ~CudaDevice() override;

  std::string name() const override;
  const GpuArch &arch() const;

  Result<DeviceAddress> allocate(uint64_t bytes) override;
  Status free(DeviceAddress address) override;
  Status copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) override;
  Status copyToHost(void *to, DeviceAddress from, uint64_t bytes) override;
  Status copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) override;
  Result<TensorMap> encodeTensorMap(const TensorMapDescription &description) override;
  Status synchronize() override;

  /// Loads machine code (a cubin or fatbin) or PTX, which the driver compiles. What the
  /// driver's compiler complains of is part of the error.
  Result<std::unique_ptr<DeviceModule>> load(std::string_view image);

  /// Seconds that the GPU took for what `work` started.
  Result<double> time(const std::function<Status()> &work);

private:
  explicit CudaDevice(std::unique_ptr<cuda::DeviceState> state);

  std::unique_ptr<cuda::DeviceState> state;
};

} // namespace tconv

#endif // TCONV_CUDA_CUDADEVICE_H
