//===- DeviceState.cpp - A GPU's context and buffers ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Buffers that are freed are kept and given out again by their sizes, rounded up to 256 bytes,
// since cuMemFree waits for the whole device; all that are kept go back to the driver when it has
// no more memory.
//
//===----------------------------------------------------------------------===//

#include "DeviceState.h"

#include "tconv/Support/Errors.h"

using namespace tconv;
using namespace tconv::cuda;

/// There is nobody to tell about errors here.
DeviceState::~DeviceState() {
  if (!context)
    return;
  (void)enter();
  if (stream)
    (void)driver->streamSynchronize(stream);
  (void)releaseKept();
  for (auto [address, bytes] : used)
    (void)driver->memFree(address);
  if (stream)
    (void)driver->streamDestroy(stream);
  (void)driver->primaryCtxRelease(device);
}

Status DeviceState::open(int number) {
  TCONV_CUDA_CALL(*driver, init, 0);
  int count = 0;
  TCONV_CUDA_CALL(*driver, deviceGetCount, &count);
  if (number < 0 || number >= count)
    return unsupported("expected a GPU number " + std::to_string(number) + ", found " +
                       std::to_string(count) + (count == 1 ? " GPU" : " GPUs"));
  TCONV_CUDA_CALL(*driver, deviceGet, &device, number);
  if (Status done = identify(); !done)
    return done;
  TCONV_CUDA_CALL(*driver, primaryCtxRetain, &context, device);
  if (Status done = enter(); !done)
    return done;
  TCONV_CUDA_CALL(*driver, streamCreate, &stream, /*non-blocking*/ 1);
  return success();
}

Status DeviceState::identify() {
  char text[256] = "";
  TCONV_CUDA_CALL(*driver, deviceGetName, text, sizeof(text) - 1, device);
  int major = 0, minor = 0;
  TCONV_CUDA_CALL(*driver, deviceGetAttribute, &major, attributeMajor, device);
  TCONV_CUDA_CALL(*driver, deviceGetAttribute, &minor, attributeMinor, device);
  arch = {static_cast<unsigned>(major), static_cast<unsigned>(minor), false};
  name = std::string(text) + " (" + arch.name() + ")";
  if (arch.major < 8)
    return unsupported("expected a GPU of at least sm_80, got " + name);
  return success();
}

Status DeviceState::enter() const {
  TCONV_CUDA_CALL(*driver, ctxSetCurrent, context);
  return success();
}

Result<Address> DeviceState::allocate(uint64_t bytes) {
  uint64_t size = bytes + (256 - bytes % 256) % 256;
  if (size < bytes)
    return Error{"expected buffers of less than 2^64 bytes, got " + std::to_string(bytes)};
  Address address = 0;
  if (auto found = kept.find(size); found != kept.end()) {
    address = found->second;
    kept.erase(found);
  } else {
    DriverStatus status = driver->memAlloc(&address, size);
    if (status == statusOutOfMemory && !kept.empty()) {
      if (Status done = releaseKept(); !done)
        return done.error();
      status = driver->memAlloc(&address, size);
    }
    if (status != statusSuccess) {
      Error error = driver->describe(symbolOf_memAlloc, status);
      error.message += ", for " + std::to_string(size) + " bytes";
      return error;
    }
  }
  used[address] = size;
  return address;
}

Status DeviceState::free(Address address) {
  auto found = used.find(address);
  if (found == used.end())
    return Error{"expected the address of a buffer that is in use"};
  kept.emplace(found->second, address);
  used.erase(found);
  return success();
}

/// The driver waits for kernels that use them.
Status DeviceState::releaseKept() {
  while (!kept.empty()) {
    Address address = kept.begin()->second;
    kept.erase(kept.begin());
    TCONV_CUDA_CALL(*driver, memFree, address);
  }
  return success();
}
