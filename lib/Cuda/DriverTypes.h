//===- DriverTypes.h - The driver's types and numbers --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is needed of the binary interface of the CUDA driver, in our words: there are no CUDA
// headers to build with. Numbers are from the CUDA driver API reference.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CUDA_DRIVERTYPES_H
#define TCONV_LIB_CUDA_DRIVERTYPES_H

#include <cstddef>
#include <cstdint>

namespace tconv::cuda {

using DriverStatus = int; // CUresult
using DeviceNumber = int; // CUdevice
using Address = uint64_t; // CUdeviceptr
using Context = void *;   // CUcontext
using Module = void *;    // CUmodule
using Kernel = void *;    // CUfunction
using Stream = void *;    // CUstream
using Event = void *;     // CUevent

inline constexpr DriverStatus statusSuccess = 0;
inline constexpr DriverStatus statusOutOfMemory = 2;
inline constexpr DriverStatus statusNoDevice = 100;

/// CUdevice_attribute.
inline constexpr int attributeMajor = 75;
inline constexpr int attributeMinor = 76;

/// CUfunction_attribute.
inline constexpr int attributeMaxDynamicSharedBytes = 8;

/// CUjit_option.
inline constexpr int jitErrorLogBuffer = 5;
inline constexpr int jitErrorLogBufferBytes = 6;

/// Dynamic shared memory that a kernel may use without asking.
inline constexpr uint32_t defaultSharedBytes = 48 << 10;

} // namespace tconv::cuda

#endif // TCONV_LIB_CUDA_DRIVERTYPES_H
