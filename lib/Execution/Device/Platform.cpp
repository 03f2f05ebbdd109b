//===- Platform.cpp - What code is made for and runs on -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Platforms.h"

#include <chrono>

using namespace tconv;

Result<double> DevicePlatform::time(const std::function<Status()> &work) {
  auto start = std::chrono::steady_clock::now();
  if (Status status = work(); !status)
    return status.error();
  if (Status status = device().synchronize(); !status)
    return status.error();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<std::unique_ptr<DevicePlatform>> DevicePlatform::open(const PlatformOptions &options) {
  if (options.platform == Platform::Cuda)
    return openCudaPlatform(options);
  return createEmulatedPlatform(options);
}
