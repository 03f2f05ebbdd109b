//===- EmulatedModule.h - Kernels for the emulator, from IR --- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_EXECUTION_EMULATEDMODULE_H
#define TCONV_EXECUTION_EMULATEDMODULE_H

#include "tconv/Emulator/EmulatedDevice.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"

namespace tconv {

/// Compiles the kernels of a gpu.module, in the LLVM and NVVM dialects, for an emulated device,
/// which outlives the result. The module is not changed, and not needed any longer. Unsupported
/// if it has an op or calls a function that the emulator lacks.
Result<std::unique_ptr<DeviceModule>> loadEmulatedModule(EmulatedDevice &device,
                                                         mlir::gpu::GPUModuleOp kernels);

/// The same for the one gpu.module in `module`.
Result<std::unique_ptr<DeviceModule>> loadEmulatedModule(EmulatedDevice &device,
                                                         mlir::ModuleOp module);

} // namespace tconv

#endif // TCONV_EXECUTION_EMULATEDMODULE_H
