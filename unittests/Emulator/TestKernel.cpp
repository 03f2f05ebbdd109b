//===- TestKernel.cpp - Kernels from text, and their launches -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestKernel.h"

#include "tconv/Execution/EmulatedModule.h"

#include "mlir/Dialect/DLTI/DLTI.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/LLVMIR/NVVMDialect.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Target/LLVMIR/Dialect/All.h"

using namespace tconv;

static mlir::MLIRContext &getContext() {
  static mlir::DialectRegistry registry = [] {
    mlir::DialectRegistry all;
    all.insert<mlir::DLTIDialect, mlir::gpu::GPUDialect, mlir::LLVM::LLVMDialect,
               mlir::NVVM::NVVMDialect>();
    mlir::registerAllToLLVMIRTranslations(all);
    return all;
  }();
  static mlir::MLIRContext context(registry);
  return context;
}

TestKernel::TestKernel(const std::string &text, const EmulatorOptions &options) : device(options) {
  auto parsed = mlir::parseSourceString<mlir::ModuleOp>(text, &getContext(), "test.mlir");
  if (!parsed) {
    loadError = "the text is no IR";
    return;
  }
  auto loaded = loadEmulatedModule(device, *parsed);
  if (loaded) {
    module = std::move(*loaded);
    return;
  }
  loadError = loaded.message();
  unsupported = loaded.error().unsupported;
}

uint64_t TestKernel::allocate(uint64_t bytes) {
  auto address = device.allocate(bytes);
  return address ? *address : 0;
}

std::string TestKernel::launch(const std::string &name, LaunchShape shape,
                               const std::vector<uint64_t> &arguments,
                               std::vector<uint32_t> parameterBytes) {
  if (!module)
    return loadError;
  if (parameterBytes.empty())
    parameterBytes.assign(arguments.size(), 8);
  KernelSignature signature{name, std::move(parameterBytes)};
  Status status = module->launch(signature, shape, arguments.data());
  return status ? "" : status.message();
}
