//===- CudaModule.cpp - Kernels loaded by the driver ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CudaModule.h"

#include <cstring>

using namespace tconv;
using namespace tconv::cuda;

CudaModule::~CudaModule() {
  if (module && state.enter())
    (void)state.driver->moduleUnload(module);
}

Status CudaModule::load(std::string_view image) {
  if (Status done = state.enter(); !done)
    return done;
  std::string text(image); // ends with a zero, as PTX must
  char log[8192] = "";
  int options[] = {jitErrorLogBuffer, jitErrorLogBufferBytes};
  void *values[] = {log, reinterpret_cast<void *>(sizeof(log) - 1)};
  DriverStatus status = state.driver->moduleLoad(&module, text.data(), 2, options, values);
  if (status == statusSuccess)
    return success();
  module = nullptr;
  Error error = state.driver->describe(symbolOf_moduleLoad, status);
  if (*log)
    error.message += ": " + std::string(log, strnlen(log, sizeof(log)));
  return error;
}

Result<CudaModule::Function *> CudaModule::find(const std::string &name) {
  auto [known, isNew] = functions.try_emplace(name);
  if (!isNew)
    return &known->second;
  DriverStatus status =
      state.driver->moduleGetFunction(&known->second.kernel, module, name.c_str());
  if (status == statusSuccess)
    return &known->second;
  functions.erase(known);
  Error error = state.driver->describe(symbolOf_moduleGetFunction, status);
  error.message += ", for kernel " + name;
  return error;
}

Status CudaModule::launch(const KernelSignature &kernel, const LaunchShape &shape,
                          const uint64_t *arguments) {
  if (Status done = state.enter(); !done)
    return done;
  Result<Function *> function = find(kernel.name);
  if (!function)
    return function.error();
  if (shape.sharedBytes > (*function)->sharedBytes) {
    TCONV_CUDA_CALL(*state.driver, funcSetAttribute, (*function)->kernel,
                    attributeMaxDynamicSharedBytes, static_cast<int>(shape.sharedBytes));
    (*function)->sharedBytes = shape.sharedBytes;
  }
  std::vector<void *> pointers;
  for (uint32_t bytes : kernel.parameterBytes) {
    pointers.push_back(const_cast<uint64_t *>(arguments));
    arguments += wordsOf(bytes);
  }
  DriverStatus status = state.driver->launchKernel(
      (*function)->kernel, shape.grid[0], shape.grid[1], shape.grid[2], shape.block[0],
      shape.block[1], shape.block[2], shape.sharedBytes, state.stream, pointers.data(), nullptr);
  if (status == statusSuccess)
    return success();
  Error error = state.driver->describe(symbolOf_launchKernel, status);
  error.message += ", for kernel " + kernel.name;
  return error;
}
