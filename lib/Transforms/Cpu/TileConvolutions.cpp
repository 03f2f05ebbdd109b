//===- TileConvolutions.cpp - Parallel, vectorisable convolution loops ----===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Tiles each linalg convolution by one in the batch and in the next parallel
// dimension, as an scf.forall, and makes the last parallel dimension the innermost
// loop:
//
//   %y = linalg.conv_2d_nchw_fchw ins(%x, %w : ...) outs(%init : tensor<1x32x8x8xf32>)
//
// becomes
//
//   %y = scf.forall (%n, %co) in (1, 32) shared_outs(%out = %init) -> (...) {
//     %tile = linalg.generic {iterator_types = [..., "reduction", "parallel"]} ...
//     scf.forall.in_parallel {
//       tensor.parallel_insert_slice %tile into %out[%n, %co, 0, 0] ...
//     }
//   }
//
// Test: test/Transforms/Cpu/tile-convolutions.mlir
//
//===----------------------------------------------------------------------===//

#include "tconv/Transforms/Passes.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/SCF/Transforms/TileUsingInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace mlir::tconv {
#define GEN_PASS_DEF_TILECONVOLUTIONSPASS
#include "tconv/Transforms/Passes.h.inc"
} // namespace mlir::tconv

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The loop order with the last parallel loop moved behind all others.
SmallVector<unsigned> contiguousLast(linalg::GenericOp op) {
  SmallVector<unsigned> parallel;
  op.getParallelDims(parallel);
  SmallVector<unsigned> order;
  for (unsigned loop = 0; loop < op.getNumLoops(); ++loop)
    if (loop != parallel.back())
      order.push_back(loop);
  order.push_back(parallel.back());
  return order;
}

FailureOr<linalg::GenericOp> moveContiguousLast(RewriterBase &rewriter, linalg::LinalgOp op) {
  rewriter.setInsertionPoint(op);
  auto generic = dyn_cast<linalg::GenericOp>(op.getOperation());
  if (!generic) {
    FailureOr<linalg::GenericOp> generalized = linalg::generalizeNamedOp(rewriter, op);
    if (failed(generalized))
      return failure();
    generic = *generalized;
  }
  SmallVector<unsigned> order = contiguousLast(generic);
  if (llvm::equal(order, llvm::seq<unsigned>(0, order.size())))
    return generic;
  return linalg::interchangeGenericOp(rewriter, generic, order);
}

/// One for the first two loops as far as they are parallel: threads must not share a
/// sum. Zero, that is all of it in one tile, for the others.
SmallVector<OpFoldResult> tileSizesOf(RewriterBase &rewriter, linalg::GenericOp op) {
  SmallVector<OpFoldResult> tileSizes(op.getNumLoops(), rewriter.getIndexAttr(0));
  for (unsigned loop = 0; loop < 2; ++loop)
    if (op.getIteratorTypesArray()[loop] == utils::IteratorType::parallel)
      tileSizes[loop] = rewriter.getIndexAttr(1);
  return tileSizes;
}

LogicalResult tileIntoForall(RewriterBase &rewriter, linalg::GenericOp op) {
  scf::SCFTilingOptions options;
  options.setTileSizes(tileSizesOf(rewriter, op));
  options.setLoopType(scf::SCFTilingOptions::LoopType::ForallOp);
  rewriter.setInsertionPoint(op);
  auto tileable = cast<TilingInterface>(op.getOperation());
  FailureOr<scf::SCFTilingResult> tiled = scf::tileUsingSCF(rewriter, tileable, options);
  if (failed(tiled))
    return failure();
  rewriter.replaceOp(op, tiled->replacements);
  return success();
}

bool isConvolution(linalg::LinalgOp op) {
  return op.hasPureTensorSemantics() && linalg::isaConvolutionOpInterface(op) &&
         op.getNumParallelLoops() >= 2;
}

struct TileConvolutionsPass : mlir::tconv::impl::TileConvolutionsPassBase<TileConvolutionsPass> {
  void runOnOperation() override {
    SmallVector<linalg::LinalgOp> convolutions;
    getOperation().walk([&](linalg::LinalgOp op) {
      if (isConvolution(op))
        convolutions.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    for (linalg::LinalgOp op : convolutions) {
      FailureOr<linalg::GenericOp> generic = moveContiguousLast(rewriter, op);
      if (failed(generic) || failed(tileIntoForall(rewriter, *generic)))
        return signalPassFailure();
    }
  }
};

} // namespace
