//===- DeviceHandles.h - What the handles for GPUs are -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CAPI_DEVICEHANDLES_H
#define TCONV_LIB_CAPI_DEVICEHANDLES_H

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

#endif // TCONV_LIB_CAPI_DEVICEHANDLES_H
