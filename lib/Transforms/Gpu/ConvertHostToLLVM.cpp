//===- ConvertHostToLLVM.cpp - Functions beside kernels in LLVM's dialect -===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   func.func @main(%x: memref<4xf32>) { gpu.launch_func @kernels::@scale ... }
//   gpu.module @kernels { llvm.func @scale(...) attributes {gpu.kernel} { nvvm.mbarrier... } }
//
// becomes
//
//   llvm.func @main(%x: !llvm.ptr, ...) { gpu.launch_func @kernels::@scale ... }
//   gpu.module @kernels { ... as it was ... }
//
// Upstream's gpu-to-llvm does it, but would rewrite the kernels too. So it gets to see
// declarations of the kernels only.
//
// Test: test/Transforms/Gpu/convert-host-to-llvm.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/PassManager.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_CONVERTHOSTTOLLVMPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// Puts a module of declarations in the place of a module of kernels, which is taken out.
gpu::GPUModuleOp replaceByDeclarations(gpu::GPUModuleOp kernels) {
  auto shell = cast<gpu::GPUModuleOp>(kernels->cloneWithoutRegions());
  OpBuilder builder = OpBuilder::atBlockBegin(&shell.getBodyRegion().emplaceBlock());
  for (auto kernel : kernels.getOps<LLVM::LLVMFuncOp>())
    if (kernel->hasAttr(gpu::GPUDialect::getKernelFuncAttrName()))
      builder.insert(kernel->cloneWithoutRegions());
  OpBuilder(kernels).insert(shell);
  kernels->remove();
  return shell;
}

class ConvertHostToLLVM : public mlir::tconv::impl::ConvertHostToLLVMPassBase<ConvertHostToLLVM> {
public:
  void getDependentDialects(DialectRegistry &registry) const override {
    createGpuToLLVMConversionPass()->getDependentDialects(registry);
  }

  void runOnOperation() override {
    SmallVector<std::pair<gpu::GPUModuleOp, gpu::GPUModuleOp>> replaced;
    for (auto kernels : llvm::make_early_inc_range(getOperation().getOps<gpu::GPUModuleOp>()))
      replaced.push_back({kernels, replaceByDeclarations(kernels)});
    OpPassManager pipeline(ModuleOp::getOperationName());
    pipeline.addPass(createGpuToLLVMConversionPass());
    if (failed(runPipeline(pipeline, getOperation())))
      signalPassFailure();
    for (auto [kernels, shell] : replaced) {
      OpBuilder(shell).insert(kernels);
      shell.erase();
    }
  }
};

} // namespace
