//===- Platform.cpp - What code is made for and runs on -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Platforms.h"

using namespace tconv;

Result<std::unique_ptr<DevicePlatform>> DevicePlatform::open(const PlatformOptions &options) {
  return createEmulatedPlatform(options);
}
