//===- LaunchStages.cpp - The stages from buffers to kernels --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Pipelines/Pipelines.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

static void cleanUp(OpPassManager &pm) {
  pm.addPass(createCanonicalizerPass());
  pm.addPass(createCSEPass());
}

void mlir::tconv::buildLaunchesStage(OpPassManager &pm) {
  pm.addNestedPass<func::FuncOp>(createTileContractionsPass());
  pm.addPass(createConvertLinalgToParallelLoopsPass());
  pm.addPass(createForallToParallelLoopPass());
  pm.addPass(createLowerAffinePass());
  pm.addNestedPass<func::FuncOp>(createLaunchParallelLoopsPass());
  cleanUp(pm); // what only the bodies of loops used is in kernels now
  pm.addNestedPass<func::FuncOp>(createLaunchScalarCodePass());
  pm.addPass(createNameKernelsPass());
  cleanUp(pm);
}

void mlir::tconv::buildOutlinedStage(OpPassManager &pm) {
  // What is computed from nothing but constants is no parameter of a kernel.
  pm.addPass(createGpuLaunchSinkIndexComputationsPass());
  pm.addPass(createGpuKernelOutliningPass());
  OpPassManager &kernels = pm.nest<gpu::GPUModuleOp>();
  kernels.addNestedPass<gpu::GPUFuncOp>(createAlignWorkgroupMemoryPass());
  cleanUp(pm);
}
