//===- ResultsToArguments.cpp - Results into the caller's memory ----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   func.func @f(%x: memref<4xf32>) -> memref<4xf32> {
//     %y = memref.alloc() : memref<4xf32>
//     ...
//     return %y : memref<4xf32>
//   }
//
// becomes
//
//   func.func @f(%x: memref<4xf32>, %y: memref<4xf32>) {
//     ...
//     return
//   }
//
// Test: test/Transforms/results-to-arguments.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Bufferization/IR/AllocationOpInterface.h"
#include "mlir/Dialect/Bufferization/Transforms/Passes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RESULTSTOARGUMENTSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// Whether a function's callers provide the memory of its results: all of them or
/// none, so that a caller sees from the types alone how to call it.
bool takesResults(func::FuncOp function) {
  return function.isPublic() && !function.isExternal() && function.getNumResults() != 0 &&
         llvm::all_of(function.getResultTypes(), [](Type type) {
           auto buffer = dyn_cast<MemRefType>(type);
           return buffer && buffer.hasStaticShape() && buffer.getLayout().isIdentity();
         });
}

/// Whether the caller's memory can take the place of a returned buffer: allocated at
/// most once in a call, and returned once. A buffer allocated in one block of several
/// may be in use when the next one is allocated there.
bool isReplaceable(Value buffer, func::ReturnOp returnOp) {
  return buffer.getDefiningOp<memref::AllocOp>() && returnOp->getParentRegion()->hasOneBlock() &&
         llvm::count(returnOp.getOperands(), buffer) == 1;
}

/// Gives each result a buffer that only the return uses, which upstream's rewrite then
/// takes from the caller. It expects that of every allocation that is returned.
void separateResults(func::FuncOp function) {
  function.walk([](func::ReturnOp returnOp) {
    OpBuilder builder(returnOp);
    SmallVector<Value> results;
    for (Value buffer : returnOp.getOperands()) {
      // Upstream replaces whatever allocates, be it a clone with the contents of another buffer.
      if (!isReplaceable(buffer, returnOp) &&
          (buffer.getDefiningOp<memref::AllocOp>() ||
           buffer.getDefiningOp<bufferization::AllocationOpInterface>())) {
        Value copy =
            memref::AllocOp::create(builder, returnOp.getLoc(), cast<MemRefType>(buffer.getType()));
        memref::CopyOp::create(builder, returnOp.getLoc(), buffer, copy);
        buffer = copy;
      }
      results.push_back(buffer);
    }
    returnOp.getOperandsMutable().assign(results);
  });
}

struct ResultsToArgumentsPass
    : mlir::tconv::impl::ResultsToArgumentsPassBase<ResultsToArgumentsPass> {
  void runOnOperation() override {
    // Chosen before any signature changes: upstream asks again for each call.
    llvm::SmallPtrSet<Operation *, 4> chosen;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (takesResults(function))
        chosen.insert(function);
    for (Operation *function : chosen)
      separateResults(cast<func::FuncOp>(function));
    bufferization::BufferResultsToOutParamsOpts options;
    options.hoistStaticAllocs = true;
    options.modifyPublicFunctions = true;
    options.filterFn = [&](func::FuncOp *function) { return chosen.contains(*function); };
    if (failed(bufferization::promoteBufferResultsToOutParams(getOperation(), options)))
      signalPassFailure();
  }
};

} // namespace
