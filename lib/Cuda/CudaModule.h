//===- CudaModule.h - Kernels loaded by the driver -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CUDA_CUDAMODULE_H
#define TCONV_LIB_CUDA_CUDAMODULE_H

#include "DeviceState.h"

#include <string_view>

namespace tconv::cuda {

class CudaModule : public DeviceModule {
public:
  explicit CudaModule(DeviceState &state) : state(state) {}
  ~CudaModule() override;

  Status load(std::string_view image);
  Status launch(const KernelSignature &kernel, const LaunchShape &shape,
                const uint64_t *arguments) override;

private:
  struct Function {
    Kernel kernel = nullptr;
    /// Dynamic shared memory that the driver has been asked for.
    uint32_t sharedBytes = defaultSharedBytes;
  };
  Result<Function *> find(const std::string &name);

  DeviceState &state;
  Module module = nullptr;
  std::unordered_map<std::string, Function> functions;
};

} // namespace tconv::cuda

#endif // TCONV_LIB_CUDA_CUDAMODULE_H
