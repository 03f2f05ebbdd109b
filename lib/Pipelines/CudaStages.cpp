//===- CudaStages.cpp - The stages of kernels for GPUs --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Affine/Transforms/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

/// Kernels to the NVVM dialect. Only what is in other dialects is converted: NVVM's operations
/// are what the emulator runs.
static void convertKernels(OpPassManager &pm) {
  OpPassManager &kernels = pm.nest<gpu::GPUModuleOp>();
  kernels.addPass(createConvertVectorToSCFPass());
  kernels.addPass(createLowerAffinePass());
  kernels.addPass(createSCFToControlFlowPass());
  kernels.addPass(createLowerVectorsPass());
  kernels.addPass(createConvertGpuOpsToNVVMOps());
  kernels.addPass(createReconcileUnrealizedCastsPass());
  kernels.addPass(createInlineLibdevicePass());
  cleanUp(kernels);
}

void mlir::tconv::buildNVVMStage(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(createMergeGpuModulesPass());
  pm.addPass(createRelaxAlignmentPass());
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(arith::createArithExpandOpsPass());
  pm.addNestedPass<gpu::GPUModuleOp>(createConvertComplexToStandardPass());
  pm.addNestedPass<gpu::GPUModuleOp>(createLowerGpuMathPass());
  convertKernels(pm);
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createLowerAssertsPass());
  cleanUp(pm);
  pm.addPass(createConvertHostToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  cleanUp(pm);
}

void mlir::tconv::buildPTXStage(OpPassManager &pm, const PipelineOptions &options) {
  AttachGpuTargetPassOptions target;
  target.arch = options.arch;
  pm.addPass(createAttachGpuTargetPass(target));
  pm.addNestedPass<gpu::GPUModuleOp>(createConvertNVVMToLLVMPass());
  GpuModuleToBinaryPassOptions binary;
  binary.compilationTarget = "isa";
  binary.toolkitPath = options.toolkit;
  pm.addPass(createGpuModuleToBinaryPass(binary));
}
