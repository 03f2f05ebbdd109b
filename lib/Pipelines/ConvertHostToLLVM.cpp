//===- ConvertHostToLLVM.cpp - Functions beside kernels in LLVM's dialect -===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Upstream's gpu-to-llvm also rewrites what is in a gpu.module: operations of NVVM that have no
// intrinsic (waits at mbarriers, wgmma) become inline assembly, which the emulator cannot run. So
// it gets to see declarations of the kernels only.
//
// Test: test/Execution/tensor-maps.mlir
//
//===----------------------------------------------------------------------===//

#include "ConvertHostToLLVM.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"
#include "mlir/Pass/PassManager.h"

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

class ConvertHostToLLVM : public PassWrapper<ConvertHostToLLVM, OperationPass<ModuleOp>> {
public:
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ConvertHostToLLVM)
  StringRef getName() const override { return "ConvertHostToLLVM"; }

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

std::unique_ptr<Pass> mlir::tconv::createConvertHostToLLVMPass() {
  return std::make_unique<ConvertHostToLLVM>();
}
