//===- Platforms.h - The devices that there are --------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EXECUTION_DEVICE_PLATFORMS_H
#define TCONV_LIB_EXECUTION_DEVICE_PLATFORMS_H

#include "tconv/Execution/Platform.h"

namespace tconv {

std::unique_ptr<DevicePlatform> createEmulatedPlatform(const TargetOptions &target,
                                                       const DeviceOptions &options);
Result<std::unique_ptr<DevicePlatform>> openCudaPlatform(const TargetOptions &target);

} // namespace tconv

#endif // TCONV_LIB_EXECUTION_DEVICE_PLATFORMS_H
