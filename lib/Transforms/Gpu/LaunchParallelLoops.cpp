//===- LaunchParallelLoops.cpp - Parallel loops as launches ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   scf.parallel (%i, %j) = (%c0, %c0) to (%n, %c8) step (%c1, %c1) {
//     memref.store %v, %a[%i, %j] : memref<?x8xf32>
//   }
//
// becomes
//
//   %items = arith.muli %n, %c8
//   gpu.launch blocks(%block, ...) in (...) threads(%thread, ...) in (256, 1, 1) {
//     %item = %block * 256 + %thread
//     scf.if %item < %items {
//       %j = arith.remui %item, %c8
//       %i = arith.divui %item, %c8
//       memref.store %v, %a[%i, %j] : memref<?x8xf32>
//     }
//   }
//
// Test: test/Transforms/Gpu/launch-parallel-loops.mlir
//
//===----------------------------------------------------------------------===//

#include "Contractions/ContractionValues.h"
#include "Contractions/Launch.h"

#include "tconv/IR/Unsupported.h"
#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/IRMapping.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_LAUNCHPARALLELLOOPSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// Whether an op in the loop's body is for the host: launches, and memory for them.
bool holdsHostCode(scf::ParallelOp loop) {
  return loop
      .walk([](Operation *op) {
        return isa<gpu::LaunchOp, memref::AllocOp, memref::DeallocOp, CallOpInterface>(op)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

/// The loop as one loop for each dimension, that run in order.
void runInOrder(scf::ParallelOp loop) {
  Emitter emitter(loop.getLoc(), loop);
  SmallVector<Value> indices;
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getLowerBound(), loop.getUpperBound(), loop.getStep())) {
    auto nested = scf::ForOp::create(emitter, lower, upper, step);
    indices.push_back(nested.getInductionVar());
    emitter.setInsertionPointToStart(nested.getBody());
  }
  Block *body = emitter.getInsertionBlock();
  loop.getBody()->getTerminator()->erase();
  body->getOperations().splice(body->begin(), loop.getBody()->getOperations());
  for (auto [variable, index] : llvm::zip_equal(loop.getInductionVars(), indices))
    variable.replaceAllUsesWith(index);
  loop.erase();
}

/// The number of iterations in each dimension.
SmallVector<Value> emitCounts(Emitter &emitter, scf::ParallelOp loop) {
  SmallVector<Value> counts;
  for (auto [lower, upper, step] :
       llvm::zip_equal(loop.getLowerBound(), loop.getUpperBound(), loop.getStep())) {
    Value steps = emitter.createOrFold<arith::CeilDivSIOp>(emitter.sub(upper, lower), step);
    counts.push_back(emitter.maxSigned(steps, emitter.index(0)));
  }
  return counts;
}

void launch(scf::ParallelOp loop) {
  Emitter emitter(loop.getLoc(), loop);
  SmallVector<Value> counts = emitCounts(emitter, loop);
  Value items = emitter.index(1);
  for (Value count : counts)
    items = emitter.mul(items, count);
  emitLaunchOverItems(emitter, "loop", items, [&](Value item) {
    IRMapping mapping;
    for (auto [variable, lower, step, position] :
         llvm::zip_equal(loop.getInductionVars(), loop.getLowerBound(), loop.getStep(),
                         delinearize(emitter, item, counts))) {
      Value offset = emitter.createOrFold<arith::MulIOp>(position, step);
      mapping.map(variable, emitter.createOrFold<arith::AddIOp>(lower, offset));
    }
    for (Operation &op : loop.getBody()->without_terminator())
      emitter.clone(op, mapping);
  });
  loop.erase();
}

/// The outermost parallel loops in an op, or the op itself, that are not in kernels.
SmallVector<scf::ParallelOp> findLoops(Operation *root) {
  SmallVector<scf::ParallelOp> loops;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto loop = dyn_cast<scf::ParallelOp>(op);
    if (loop && op != root)
      loops.push_back(loop);
    return (loop && op != root) || isa<gpu::LaunchOp>(op) ? WalkResult::skip()
                                                          : WalkResult::advance();
  });
  return loops;
}

LogicalResult launchLoopsIn(Operation *root) {
  for (scf::ParallelOp loop : findLoops(root)) {
    if (loop.getNumReductions() != 0)
      return emitUnsupported(loop)
             << "expected parallel loops without reductions for a GPU, got one with "
             << loop.getNumReductions();
    if (!holdsHostCode(loop)) {
      launch(loop);
      continue;
    }
    if (failed(launchLoopsIn(loop)))
      return failure();
    runInOrder(loop);
  }
  return success();
}

struct LaunchParallelLoopsPass
    : mlir::tconv::impl::LaunchParallelLoopsPassBase<LaunchParallelLoopsPass> {
  void runOnOperation() override {
    if (failed(launchLoopsIn(getOperation())))
      return signalPassFailure();
    getOperation().walk(
        [](gpu::LaunchOp kernel) { kernel.walk([](scf::ParallelOp loop) { runInOrder(loop); }); });
  }
};

} // namespace
