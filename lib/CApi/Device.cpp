//===- Device.cpp - GPUs and their memory, for C --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DeviceHandles.h"
#include "Support.h"

#include <algorithm>

using namespace tconv;

int tconvDeviceOpen(int number, TconvDevice **device) {
  *device = nullptr;
  CudaOptions options;
  options.device = number;
  Result<std::unique_ptr<CudaDevice>> gpu = CudaDevice::open(options);
  if (!gpu)
    return report(gpu.error());
  std::string name = (*gpu)->name();
  *device = new TconvDevice{std::move(*gpu), std::move(name)};
  return TCONV_OK;
}

void tconvDeviceClose(TconvDevice *device) { delete device; }

const char *tconvDeviceGetName(TconvDevice *device) { return device->name.c_str(); }

int tconvDeviceAllocate(TconvDevice *device, size_t bytes, uint64_t *address) {
  *address = 0;
  Result<DeviceAddress> buffer = device->gpu->allocate(std::max<size_t>(bytes, 1));
  if (!buffer)
    return report(buffer.error());
  *address = *buffer;
  return TCONV_OK;
}

int tconvDeviceFree(TconvDevice *device, uint64_t address) {
  return report(device->gpu->free(address));
}

int tconvDeviceCopyIn(TconvDevice *device, uint64_t to, const void *from, size_t bytes) {
  return report(bytes ? device->gpu->copyToDevice(to, from, bytes) : success());
}

int tconvDeviceCopyOut(TconvDevice *device, void *to, uint64_t from, size_t bytes) {
  return report(bytes ? device->gpu->copyToHost(to, from, bytes) : success());
}

int tconvDeviceSynchronize(TconvDevice *device) { return report(device->gpu->synchronize()); }
