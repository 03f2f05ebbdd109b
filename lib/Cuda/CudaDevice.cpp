//===- CudaDevice.cpp - A GPU of this machine -----------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Cuda/CudaDevice.h"

#include "CudaModule.h"

#include <cstdlib>

using namespace tconv;
using namespace tconv::cuda;

CudaDevice::CudaDevice(std::unique_ptr<DeviceState> state) : state(std::move(state)) {}
CudaDevice::~CudaDevice() = default;

Result<std::unique_ptr<CudaDevice>> CudaDevice::open(const CudaOptions &options) {
  const char *variable = std::getenv("TCONV_CUDA_DRIVER");
  std::string path = options.driver.empty() && variable ? variable : options.driver;
  Result<std::unique_ptr<Driver>> driver = Driver::open(path);
  if (!driver)
    return driver.error();
  auto state = std::make_unique<DeviceState>(std::move(*driver));
  if (Status done = state->open(options.device); !done)
    return done.error();
  return std::unique_ptr<CudaDevice>(new CudaDevice(std::move(state)));
}

std::string CudaDevice::name() const { return state->name; }
const GpuArch &CudaDevice::arch() const { return state->arch; }

Result<DeviceAddress> CudaDevice::allocate(uint64_t bytes) {
  if (Status done = state->enter(); !done)
    return done.error();
  return state->allocate(bytes);
}

Status CudaDevice::free(DeviceAddress address) {
  return address ? state->free(address) : success();
}

/// The host may change its memory as soon as this returns.
Status CudaDevice::copyToDevice(DeviceAddress to, const void *from, uint64_t bytes) {
  if (Status done = state->enter(); !done)
    return done;
  TCONV_CUDA_CALL(*state->driver, memcpyToDevice, to, from, bytes, state->stream);
  return synchronize();
}

Status CudaDevice::copyToHost(void *to, DeviceAddress from, uint64_t bytes) {
  if (Status done = state->enter(); !done)
    return done;
  TCONV_CUDA_CALL(*state->driver, memcpyToHost, to, from, bytes, state->stream);
  return synchronize();
}

Status CudaDevice::copy(DeviceAddress to, DeviceAddress from, uint64_t bytes) {
  if (Status done = state->enter(); !done)
    return done;
  TCONV_CUDA_CALL(*state->driver, memcpyOnDevice, to, from, bytes, state->stream);
  return success();
}

Status CudaDevice::synchronize() {
  if (Status done = state->enter(); !done)
    return done;
  TCONV_CUDA_CALL(*state->driver, streamSynchronize, state->stream);
  return success();
}

Result<std::unique_ptr<DeviceModule>> CudaDevice::load(std::string_view image) {
  auto module = std::make_unique<CudaModule>(*state);
  if (Status done = module->load(image); !done)
    return done.error();
  return std::unique_ptr<DeviceModule>(std::move(module));
}

namespace {

/// A moment on the stream of a GPU.
class Moment {
public:
  explicit Moment(DeviceState &state) : state(state) {}
  Moment(const Moment &) = delete;
  ~Moment() {
    if (event)
      (void)state.driver->eventDestroy(event);
  }

  Status record() {
    TCONV_CUDA_CALL(*state.driver, eventCreate, &event, 0);
    TCONV_CUDA_CALL(*state.driver, eventRecord, event, state.stream);
    return success();
  }
  Result<double> secondsSince(const Moment &start) const {
    TCONV_CUDA_CALL(*state.driver, eventSynchronize, event);
    float milliseconds = 0;
    TCONV_CUDA_CALL(*state.driver, eventElapsedTime, &milliseconds, start.event, event);
    return milliseconds * 1e-3;
  }

private:
  DeviceState &state;
  Event event = nullptr;
};

} // namespace

Result<double> CudaDevice::time(const std::function<Status()> &work) {
  if (Status done = state->enter(); !done)
    return done.error();
  Moment start(*state), end(*state);
  if (Status done = start.record(); !done)
    return done.error();
  if (Status done = work(); !done)
    return done.error();
  if (Status done = end.record(); !done)
    return done.error();
  return end.secondsSince(start);
}
