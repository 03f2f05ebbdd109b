//===- RelaxAlignment.cpp - Alignments that devices give anyway -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %y = memref.alloc(%n) {alignment = 64 : i64} : memref<?xf32>
//
// becomes
//
//   %y = memref.alloc(%n) : memref<?xf32>
//
// Test: test/Transforms/Gpu/relax-alignment.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_RELAXALIGNMENTPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;

namespace {

/// What Device::allocate promises.
constexpr uint64_t deviceAlignment = 256;

struct RelaxAlignmentPass : mlir::tconv::impl::RelaxAlignmentPassBase<RelaxAlignmentPass> {
  void runOnOperation() override {
    WalkResult result = getOperation().walk<WalkOrder::PreOrder>([](Operation *op) {
      if (isa<gpu::GPUModuleOp>(op))
        return WalkResult::skip();
      auto alloc = dyn_cast<memref::AllocOp>(op);
      if (!alloc)
        return WalkResult::advance();
      if (alloc.getAlignment().value_or(1) > deviceAlignment) {
        alloc.emitOpError() << "expected an alignment of at most " << deviceAlignment
                            << " bytes on a device, got " << *alloc.getAlignment();
        return WalkResult::interrupt();
      }
      alloc.removeAlignmentAttr();
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};

} // namespace
