//===- Driver.h - The functions of the CUDA driver -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CUDA_DRIVER_H
#define TCONV_LIB_CUDA_DRIVER_H

#include "DriverTypes.h"

#include "tconv/Support/Result.h"

#include <memory>
#include <type_traits>

namespace tconv::cuda {

/// The functions that are used: their names here, their names in the library (the ABI of the
/// versions behind _v2 is the one that all drivers since CUDA 4 have), and their types.
#define TCONV_CUDA_FUNCTIONS(FUNCTION)                                                             \
  FUNCTION(init, "cuInit", DriverStatus (*)(unsigned))                                             \
  FUNCTION(getErrorName, "cuGetErrorName", DriverStatus (*)(DriverStatus, const char **))          \
  FUNCTION(getErrorString, "cuGetErrorString", DriverStatus (*)(DriverStatus, const char **))      \
  FUNCTION(deviceGetCount, "cuDeviceGetCount", DriverStatus (*)(int *))                            \
  FUNCTION(deviceGet, "cuDeviceGet", DriverStatus (*)(DeviceNumber *, int))                        \
  FUNCTION(deviceGetName, "cuDeviceGetName", DriverStatus (*)(char *, int, DeviceNumber))          \
  FUNCTION(deviceGetAttribute, "cuDeviceGetAttribute", DriverStatus (*)(int *, int, DeviceNumber)) \
  FUNCTION(primaryCtxRetain, "cuDevicePrimaryCtxRetain",                                           \
           DriverStatus (*)(Context *, DeviceNumber))                                              \
  FUNCTION(primaryCtxRelease, "cuDevicePrimaryCtxRelease_v2", DriverStatus (*)(DeviceNumber))      \
  FUNCTION(ctxSetCurrent, "cuCtxSetCurrent", DriverStatus (*)(Context))                            \
  FUNCTION(moduleLoad, "cuModuleLoadDataEx",                                                       \
           DriverStatus (*)(Module *, const void *, unsigned, int *, void **))                     \
  FUNCTION(moduleUnload, "cuModuleUnload", DriverStatus (*)(Module))                               \
  FUNCTION(moduleGetFunction, "cuModuleGetFunction",                                               \
           DriverStatus (*)(Kernel *, Module, const char *))                                       \
  FUNCTION(funcSetAttribute, "cuFuncSetAttribute", DriverStatus (*)(Kernel, int, int))             \
  FUNCTION(memAlloc, "cuMemAlloc_v2", DriverStatus (*)(Address *, size_t))                         \
  FUNCTION(memFree, "cuMemFree_v2", DriverStatus (*)(Address))                                     \
  FUNCTION(memcpyToDevice, "cuMemcpyHtoDAsync_v2",                                                 \
           DriverStatus (*)(Address, const void *, size_t, Stream))                                \
  FUNCTION(memcpyToHost, "cuMemcpyDtoHAsync_v2",                                                   \
           DriverStatus (*)(void *, Address, size_t, Stream))                                      \
  FUNCTION(memcpyOnDevice, "cuMemcpyDtoDAsync_v2",                                                 \
           DriverStatus (*)(Address, Address, size_t, Stream))                                     \
  FUNCTION(streamCreate, "cuStreamCreate", DriverStatus (*)(Stream *, unsigned))                   \
  FUNCTION(streamDestroy, "cuStreamDestroy_v2", DriverStatus (*)(Stream))                          \
  FUNCTION(streamSynchronize, "cuStreamSynchronize", DriverStatus (*)(Stream))                     \
  FUNCTION(eventCreate, "cuEventCreate", DriverStatus (*)(Event *, unsigned))                      \
  FUNCTION(eventDestroy, "cuEventDestroy_v2", DriverStatus (*)(Event))                             \
  FUNCTION(eventRecord, "cuEventRecord", DriverStatus (*)(Event, Stream))                          \
  FUNCTION(eventSynchronize, "cuEventSynchronize", DriverStatus (*)(Event))                        \
  FUNCTION(eventElapsedTime, "cuEventElapsedTime", DriverStatus (*)(float *, Event, Event))        \
  FUNCTION(launchKernel, "cuLaunchKernel",                                                         \
           DriverStatus (*)(Kernel, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned,    \
                            unsigned, Stream, void **, void **))

/// Functions that drivers have since CUDA 12, without which everything else works.
#define TCONV_CUDA_OPTIONAL_FUNCTIONS(FUNCTION)                                                    \
  FUNCTION(tensorMapEncodeTiled, "cuTensorMapEncodeTiled",                                         \
           DriverStatus (*)(void *, int, uint32_t, Address, const uint64_t *, const uint64_t *,    \
                            const uint32_t *, const uint32_t *, int, int, int, int))               \
  FUNCTION(tensorMapEncodeIm2col, "cuTensorMapEncodeIm2col",                                       \
           DriverStatus (*)(void *, int, uint32_t, Address, const uint64_t *, const uint64_t *,    \
                            const int *, const int *, uint32_t, uint32_t, const uint32_t *, int,   \
                            int, int, int))

/// The driver's library, opened. Stays open until the process ends, as unloading it is not safe.
struct Driver {
#define TCONV_CUDA_MEMBER(member, symbol, type) std::type_identity_t<type> member = nullptr;
  TCONV_CUDA_FUNCTIONS(TCONV_CUDA_MEMBER)
  TCONV_CUDA_OPTIONAL_FUNCTIONS(TCONV_CUDA_MEMBER)
#undef TCONV_CUDA_MEMBER

  /// Opens `path`, or the system's driver if it is empty. Unsupported if there is none, or
  /// one that lacks a function that is not optional.
  static Result<std::unique_ptr<Driver>> open(const std::string &path);

  /// The error of a call, by the names that the driver has for it: "cuMemAlloc_v2 failed:
  /// CUDA_ERROR_OUT_OF_MEMORY (out of memory)".
  Error describe(const char *call, DriverStatus status) const;
};

/// Calls a function of the driver, and returns from the function around it if that fails.
#define TCONV_CUDA_CALL(driver, member, ...)                                                       \
  if (::tconv::cuda::DriverStatus status_ = (driver).member(__VA_ARGS__);                          \
      status_ != ::tconv::cuda::statusSuccess)                                                     \
  return (driver).describe(::tconv::cuda::symbolOf_##member, status_)

#define TCONV_CUDA_SYMBOL(member, symbol, type)                                                    \
  inline constexpr const char *symbolOf_##member = symbol;
TCONV_CUDA_FUNCTIONS(TCONV_CUDA_SYMBOL)
TCONV_CUDA_OPTIONAL_FUNCTIONS(TCONV_CUDA_SYMBOL)
#undef TCONV_CUDA_SYMBOL

} // namespace tconv::cuda

#endif // TCONV_LIB_CUDA_DRIVER_H
