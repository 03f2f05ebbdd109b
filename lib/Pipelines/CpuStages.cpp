//===- CpuStages.cpp - The stages from layers to the LLVM dialect ---------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The passes of each stage of code for processors. Code for GPUs shares the first ones, with
// schedules of its own, and leaves the tiling for threads out.
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Dialect/Affine/Transforms/Passes.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/Dialect/Linalg/Passes.h"
#include "mlir/Dialect/MemRef/Transforms/Passes.h"
#include "mlir/Dialect/SCF/Transforms/Passes.h"
#include "mlir/Dialect/Shape/Transforms/Passes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

static void addScheduleSelection(OpPassManager &pm, const PipelineOptions &options) {
  if (options.target == Target::Cuda) {
    SelectGpuSchedulePassOptions select;
    select.arch = options.arch;
    select.allowTf32 = options.allowTf32;
    pm.addPass(createSelectGpuSchedulePass(select));
    return;
  }
  SelectSchedulePassOptions select;
  select.targetCpu = options.targetCpu;
  select.sizesHint.assign(options.sizesHint.begin(), options.sizesHint.end());
  select.direct = options.algorithm == Algorithm::Direct;
  pm.addPass(createSelectSchedulePass(select));
}

void mlir::tconv::buildDecomposedStage(OpPassManager &pm, const PipelineOptions &options) {
  // One function is checked before any of its work; buffers that a callee returned
  // twice would be freed twice.
  pm.addPass(createInlinerPass({}, [](OpPassManager &) {}));
  // Before anything is simplified: that takes for granted that sizes fit.
  pm.addNestedPass<func::FuncOp>(createCheckShapesPass());
  pm.addNestedPass<func::FuncOp>(createExpandOpsPass());
  pm.addNestedPass<func::FuncOp>(createShapeToShapeLoweringPass());
  pm.addNestedPass<func::FuncOp>(createConvertShapeConstraintsPass());
  cleanUp(pm);
  pm.addPass(createConvertShapeToStandardPass());
  if (options.algorithm == Algorithm::Auto || options.algorithm == Algorithm::Direct) {
    addScheduleSelection(pm, options);
    pm.addPass(createFormKernelsPass());
    pm.addPass(createFuseEpiloguesPass());
    pm.addPass(createHoistPackingPass());
  }
  if (options.algorithm == Algorithm::ZeroInsertion)
    pm.addPass(createInsertZerosPass());
  else
    pm.addPass(createDecomposePhasesPass());
  cleanUp(pm);
}

void mlir::tconv::buildTiledStage(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(createConvertElementwiseToLinalgPass());
  pm.addNestedPass<func::FuncOp>(createTileConvolutionsPass());
  cleanUp(pm);
}

/// Upstream's buffer deallocation pipeline, less the canonicalisation before and after
/// it, which the stage does anyway.
static void addDeallocations(OpPassManager &pm) {
  memref::ExpandReallocPassOptions realloc;
  realloc.emitDeallocs = false;
  pm.addPass(memref::createExpandReallocPass(realloc));
  pm.addPass(bufferization::createOwnershipBasedBufferDeallocationPass());
  pm.addPass(createCanonicalizerPass());
  pm.addPass(bufferization::createBufferDeallocationSimplificationPass());
  pm.addNestedPass<func::FuncOp>(createExpandDeallocationsPass());
  pm.addPass(bufferization::createLowerDeallocationsPass());
}

void mlir::tconv::buildBufferizedStage(OpPassManager &pm, const PipelineOptions &options) {
  if (options.target == Target::Cuda) // for processors, tiling has done it
    pm.addPass(createConvertElementwiseToLinalgPass());
  pm.addPass(createBufferizePass());
  cleanUp(pm); // loops no longer carry a buffer that is the same in each iteration
  pm.addPass(createResultsToArgumentsPass());
  addDeallocations(pm);
  pm.addPass(createConvertBufferizationToMemRefPass());
  cleanUp(pm);
  pm.addPass(createExpandCopiesPass());
  pm.addPass(createLowerExpandShapesPass());
}

void mlir::tconv::buildLoopsStage(OpPassManager &pm, const PipelineOptions &options) {
  pm.addPass(createConvertVectorToSCFPass());
  pm.addNestedPass<func::FuncOp>(createLowerVectorsPass());
  LowerKernelsPassOptions lower;
  lower.targetCpu = options.targetCpu;
  pm.addPass(createLowerKernelsPass(lower));
  pm.addPass(createConvertLinalgToLoopsPass());
  pm.addPass(memref::createFoldMemRefAliasOpsPass());
  pm.addPass(createForallToParallelLoopPass());
  pm.addPass(createLowerAffinePass());
  cleanUp(pm);
  if (options.parallel) {
    pm.addPass(createOutlineParallelLoopsPass());
    cleanUp(pm);
  }
}

void mlir::tconv::buildLLVMStage(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createLowerAssertsPass());
  // Before functions of the C library are declared, which have no such wrappers.
  pm.addNestedPass<func::FuncOp>(LLVM::createLLVMRequestCWrappersPass());
  pm.addPass(createConvertComplexToStandardPass());
  pm.addPass(createConvertMathToFuncs());
  pm.addPass(createLowerMathPass());
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = true;
  pm.addPass(arith::createArithExpandOpsPass(expand));
  cleanUp(pm);
  pm.addNestedPass<func::FuncOp>(createLowerVectorsPass());
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createPropagateFailuresPass());
}
