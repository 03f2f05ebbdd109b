//===- LaunchStages.cpp - The stages from buffers to kernels --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Conversion/VectorToSCF/VectorToSCF.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/GPU/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

void mlir::tconv::buildLaunchesStage(OpPassManager &pm, const PipelineOptions &) {
  // Without loops over vectors in memory, which hosts do not have.
  pm.addPass(createConvertVectorToSCFPass(VectorTransferToSCFOptions().enableFullUnroll()));
  pm.addNestedPass<func::FuncOp>(createLowerVectorsPass());
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

/// Index arithmetic in 32 bits where ranges of sizes and ids prove that it fits: GPUs have
/// no 64-bit integer units.
static void narrowIndices(OpPassManager &kernels) {
  arith::ArithIntRangeNarrowingOptions narrowing;
  narrowing.bitwidthsSupported = {32};
  kernels.addNestedPass<gpu::GPUFuncOp>(arith::createIntRangeOptimizationsPass());
  kernels.addNestedPass<gpu::GPUFuncOp>(arith::createArithIntRangeNarrowing(narrowing));
}

void mlir::tconv::buildOutlinedStage(OpPassManager &pm, const PipelineOptions &options) {
  LowerGpuKernelsPassOptions lower;
  lower.arch = options.arch;
  pm.addPass(createLowerGpuKernelsPass(lower));
  // What is computed from nothing but constants is no parameter of a kernel.
  pm.addPass(createGpuLaunchSinkIndexComputationsPass());
  pm.addPass(createGpuKernelOutliningPass());
  OpPassManager &kernels = pm.nest<gpu::GPUModuleOp>();
  kernels.addPass(createAlignWorkgroupMemoryPass());
  narrowIndices(kernels);
  cleanUp(pm);
}
