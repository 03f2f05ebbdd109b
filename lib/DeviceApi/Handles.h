//===- Handles.h - What the handles of the C interface are ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_DEVICEAPI_HANDLES_H
#define TCONV_LIB_DEVICEAPI_HANDLES_H

#include "tconv-c/Device.h"

#include "tconv/Cuda/CudaDevice.h"
#include "tconv/Device/LoadedProgram.h"

struct TconvDevice {
  std::unique_ptr<tconv::CudaDevice> gpu;
  std::string name;
};

struct TconvProgram {
  std::unique_ptr<tconv::LoadedProgram> loaded;
  /// Empty until the constant inputs have been packed.
  std::vector<tconv::DeviceAddress> packed;

  ~TconvProgram();
};

namespace tconv {

/// Keeps the message of an error, and gives the number that stands for a status.
int report(const Status &status);

} // namespace tconv

#endif // TCONV_LIB_DEVICEAPI_HANDLES_H
