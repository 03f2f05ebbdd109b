//===- Pipelines.cpp - The stages of compilation --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Pipelines/Pipelines.h"

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
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

ArrayRef<StageInfo> mlir::tconv::getStages(Target target) {
  static constexpr StageInfo cpuStages[] = {
      {Stage::Input, "input", "The IR as it was written."},
      {Stage::Decomposed, "decomposed",
       "Layers are linalg convolutions on tensors, or kernels with a schedule."},
      {Stage::Tiled, "tiled",
       "Convolutions stand in parallel loops over tiles, contiguous dimension innermost."},
      {Stage::Bufferized, "bufferized", "Buffers have taken the place of tensors."},
      {Stage::Loops, "loops", "Loops load, multiply, add and store; no linalg op is left."},
      {Stage::LLVM, "llvm", "Everything is in the LLVM dialect, ready to be compiled."}};
  static constexpr StageInfo cudaStages[] = {
      {Stage::Input, "input", "The IR as it was written."},
      {Stage::Decomposed, "decomposed",
       "Layers are linalg convolutions on tensors, or kernels with a schedule."},
      {Stage::Bufferized, "bufferized", "Buffers have taken the place of tensors."},
      {Stage::Launches, "launches", "Loops are launches: tiles for blocks, elements for threads."},
      {Stage::Outlined, "outlined", "Kernels stand in GPU modules; functions launch them."},
      {Stage::NVVM, "nvvm", "Kernels are in the LLVM and NVVM dialects, functions in LLVM's."},
      {Stage::PTX, "ptx", "Kernels are PTX text."}};
  if (target == Target::Cuda)
    return cudaStages;
  return cpuStages;
}

std::optional<Stage> mlir::tconv::symbolizeStage(StringRef name, Target target) {
  for (const StageInfo &info : getStages(target))
    if (info.name == name)
      return info.stage;
  return std::nullopt;
}

static void cleanUp(OpPassManager &pm) {
  // Forgets the strides of an insert_slice of a tensor.pad (as of LLVM 22.1).
  SmallVector<std::string> wrong{"(anonymous namespace)::FoldInsertPadIntoFill"};
  pm.addPass(createCanonicalizerPass(GreedyRewriteConfig(), wrong));
  pm.addPass(createCSEPass());
}

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
  pm.addPass(createSelectSchedulePass(select));
}

void mlir::tconv::buildDecomposedStage(OpPassManager &pm, const PipelineOptions &options) {
  // One function is checked before any of its work; buffers that a callee returned
  // twice would be freed twice.
  pm.addPass(createInlinerPass());
  cleanUp(pm);
  pm.addNestedPass<func::FuncOp>(createCheckShapesPass());
  if (options.algorithm == Algorithm::Auto) {
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

void mlir::tconv::buildTiledStage(OpPassManager &pm) {
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

void mlir::tconv::buildBufferizedStage(OpPassManager &pm) {
  bufferization::OneShotBufferizePassOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.allowReturnAllocsFromLoops = true;
  options.functionBoundaryTypeConversion = bufferization::LayoutMapOption::IdentityLayoutMap;
  pm.addPass(bufferization::createOneShotBufferizePass(options));
  cleanUp(pm); // loops no longer carry a buffer that is the same in each iteration
  pm.addPass(createResultsToArgumentsPass());
  addDeallocations(pm);
  pm.addPass(createConvertBufferizationToMemRefPass());
  cleanUp(pm);
  pm.addPass(createExpandCopiesPass());
}

void mlir::tconv::buildLoopsStage(OpPassManager &pm, const PipelineOptions &options) {
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

void mlir::tconv::buildLLVMStage(OpPassManager &pm) {
  pm.addPass(memref::createExpandStridedMetadataPass());
  pm.addPass(createLowerAffinePass());
  pm.addPass(createSCFToControlFlowPass());
  pm.addPass(createLowerAssertsPass());
  // Before functions of the C library are declared, which have no such wrappers.
  pm.addNestedPass<func::FuncOp>(LLVM::createLLVMRequestCWrappersPass());
  pm.addPass(createLowerMathPass());
  arith::ArithExpandOpsPassOptions expand;
  expand.includeBf16 = true;
  pm.addPass(arith::createArithExpandOpsPass(expand));
  cleanUp(pm);
  pm.addPass(createConvertToLLVMPass());
  pm.addPass(createReconcileUnrealizedCastsPass());
  pm.addPass(createPropagateFailuresPass());
}

static void buildCudaPipeline(OpPassManager &pm, const PipelineOptions &options) {
  auto runs = [&](Stage stage) { return options.startAfter < stage && stage <= options.stopAfter; };
  if (runs(Stage::Decomposed))
    buildDecomposedStage(pm, options);
  if (runs(Stage::Bufferized)) {
    pm.addPass(createConvertElementwiseToLinalgPass()); // on the CPU, a part of tiling
    buildBufferizedStage(pm);
  }
  if (runs(Stage::Launches))
    buildLaunchesStage(pm);
  if (runs(Stage::Outlined))
    buildOutlinedStage(pm);
  if (runs(Stage::NVVM))
    buildNVVMStage(pm);
  if (runs(Stage::PTX))
    buildPTXStage(pm, options);
}

void mlir::tconv::buildPipeline(OpPassManager &pm, const PipelineOptions &options) {
  if (options.target == Target::Cuda)
    return buildCudaPipeline(pm, options);
  if (options.stopAfter >= Stage::Decomposed)
    buildDecomposedStage(pm, options);
  if (options.stopAfter >= Stage::Tiled)
    buildTiledStage(pm);
  if (options.stopAfter >= Stage::Bufferized)
    buildBufferizedStage(pm);
  if (options.stopAfter >= Stage::Loops)
    buildLoopsStage(pm, options);
  if (options.stopAfter >= Stage::LLVM)
    buildLLVMStage(pm);
}

void mlir::tconv::registerPipelines() {
  PassPipelineRegistration<PipelineOptions>(
      "tconv-pipeline", "Compile transposed convolutions, stage by stage, to the LLVM dialect",
      buildPipeline);
}
