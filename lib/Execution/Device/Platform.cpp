//===- Platform.cpp - What code is made for and runs on -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Platforms.h"

#include "tconv/Support/Errors.h"

#include <chrono>

using namespace tconv;

Result<std::unique_ptr<DeviceModule>> DevicePlatform::load(const std::vector<CodeImage> &images) {
  return unsupported("expected --target=cuda for a compiled program, whose kernels are for GPUs");
}

Result<double> DevicePlatform::time(const std::function<Status()> &work) {
  auto start = std::chrono::steady_clock::now();
  if (Status status = work(); !status)
    return status.error();
  if (Status status = device().synchronize(); !status)
    return status.error();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<std::unique_ptr<DevicePlatform>> DevicePlatform::open(const TargetOptions &target,
                                                             const DeviceOptions &options) {
  if (target.kind == mlir::tconv::Target::Cpu)
    return Error{"expected --target=cuda for code of a GPU, got cpu"};
  if (options.emulated)
    return createEmulatedPlatform(target, options);
  return openCudaPlatform(target);
}
