//===- RaisedStage.cpp - From other front ends' dialects to layers --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "tconv/Transforms/Raise/Passes.h"

#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace mlir::tconv;

void mlir::tconv::buildRaisedStage(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(createRaiseTorchPass());
  pm.addPass(createRaiseStablehloPass());
  pm.addPass(createRaiseTosaPass());
  pm.addPass(createLowerTosaPass());
  // Constants, for the proofs that follow, and nothing that is of no use. More is not simplified
  // before sizes are checked and masks expanded.
  pm.addPass(createSCCPPass());
  pm.addPass(createCSEPass());
  pm.addPass(createRaiseLinalgPass());
  pm.addPass(createFoldConstantFiltersPass());
  pm.addPass(createFoldNeighboursPass());
}
