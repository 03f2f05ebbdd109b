//===- RaisedStage.cpp - From other front ends' dialects to layers --------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stages.h"

#include "tconv/Transforms/Raise/Passes.h"

#include "mlir/Conversion/Passes.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace mlir::tconv;

void mlir::tconv::buildRaisedStage(OpPassManager &pm, const PipelineOptions &) {
  pm.addPass(createRaiseTorchPass());
  pm.addPass(createRaiseStablehloPass());
  pm.addPass(createRaiseTosaPass());
  pm.addPass(createLowerTosaPass());
  pm.addPass(createConvertShapeToStandardPass());
  cleanUp(pm); // sizes that are constants, for the proofs that follow
  pm.addPass(createRaiseLinalgPass());
  pm.addPass(createFoldConstantFiltersPass());
  pm.addPass(createFoldNeighboursPass());
}
