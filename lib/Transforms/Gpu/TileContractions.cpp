//===- TileContractions.cpp - Convolutions as tiled kernels ---------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   linalg.conv_1d_ncw_fcw ins(%x, %w : memref<1x64x66xf32>, memref<64x64x3xf32>)
//                          outs(%y : memref<1x64x64xf32>)
//
// becomes
//
//   gpu.launch blocks(...) in (4, 1, 1) threads(...) in (64, 1, 1)
//       workgroup(%left : memref<16x36xf32, ...>, %right : memref<16x36xf32, ...>) {
//     %sums = scf.for %step = 0 to 192 step 16 iter_args(...) {
//       memref.load %x[...], memref.store %right[...], ...
//       gpu.barrier
//       scf.for ... { vector.load %left[...], vector.load %right[...], arith.mulf, arith.addf }
//       gpu.barrier
//     }
//     memref.store %y[...]
//   }
//
// Test: test/Transforms/Gpu/tile-contractions.mlir
//
//===----------------------------------------------------------------------===//

#include "Contractions/ContractionKernels.h"

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/IR/Remarks.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_TILECONTRACTIONSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

remark::detail::InFlightRemark remarkOn(linalg::LinalgOp op, StringRef name) {
  return remark::passed(op->getLoc(),
                        remark::RemarkOpts::name(name).category("tconv-tile-contractions"));
}

struct TileContractionsPass : mlir::tconv::impl::TileContractionsPassBase<TileContractionsPass> {
  using TileContractionsPassBase::TileContractionsPassBase;

  void runOnOperation() override {
    SmallVector<Contraction, 0> contractions;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (op->getParentOfType<gpu::LaunchOp>())
        return;
      if (std::optional<Contraction> contraction = Contraction::match(op))
        contractions.push_back(*contraction);
    });
    for (const Contraction &contraction : contractions)
      rewrite(contraction);
  }

  void rewrite(const Contraction &contraction) {
    linalg::LinalgOp op = contraction.op;
    Emitter emitter(op->getLoc(), op.getOperation());
    ContractionValues values(emitter, contraction);
    if (std::optional<TileShape> shape = shapeFor(contraction)) {
      emitStagedContraction(emitter, values, *shape);
      remarkOn(op, "staged") << remark::add("tiles of {0} x {1} in steps of {2}, {3} threads",
                                            shape->rows, shape->columns, shape->depth,
                                            shape->threads());
    } else {
      emitDirectContraction(emitter, values);
      remarkOn(op, "direct") << remark::add("each thread loads what it needs");
    }
    op->erase();
  }

  std::optional<TileShape> shapeFor(const Contraction &contraction) {
    if (!staging)
      return std::nullopt;
    return chooseTile({contraction.count(LoopKind::Batch), contraction.count(LoopKind::Row),
                       contraction.count(LoopKind::Column),
                       contraction.count(LoopKind::Reduction)});
  }
};

} // namespace
