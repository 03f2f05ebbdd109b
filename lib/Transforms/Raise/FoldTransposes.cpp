//===- FoldTransposes.cpp - Transposes around layers in their layout ------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
//   %last = linalg.transpose ins(%x : ...) outs(...) permutation = [0, 2, 3, 1]
//   %y = tconv.conv_transpose %last, %w stride [2, 2] channels_last ...
//   %z = linalg.transpose ins(%y : ...) outs(...) permutation = [0, 3, 1, 2]
//
// becomes
//
//   %z = tconv.conv_transpose %x, %w stride [2, 2] ...
//
// TOSA has channels last only: models with channels first come so.
//
//===----------------------------------------------------------------------===//

#include "LayerRewrites.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace mlir::tconv;

namespace {

/// The permutation from channels first to channels last, or back.
SmallVector<int64_t> createPermutation(int64_t rank, bool toLast) {
  SmallVector<int64_t> permutation{0};
  if (!toLast)
    permutation.push_back(rank - 1);
  for (int64_t dim = 1; dim + 1 < rank; ++dim)
    permutation.push_back(toLast ? dim + 1 : dim);
  if (toLast)
    permutation.push_back(1);
  return permutation;
}

bool isTransposeBy(linalg::TransposeOp op, ArrayRef<int64_t> permutation) {
  return op && op.hasPureTensorSemantics() && op.getPermutation() == permutation;
}

} // namespace

ConvTransposeOp mlir::tconv::foldTransposes(IRRewriter &rewriter, ConvTransposeOp layer) {
  const int64_t rank = layer.getOutput().getType().getRank();
  const bool isLast = layer.getLayout() == Layout::ChannelsLast;
  auto before = layer.getInput().getDefiningOp<linalg::TransposeOp>();
  auto behind = layer.getOutput().hasOneUse()
                    ? dyn_cast<linalg::TransposeOp>(*layer.getOutput().user_begin())
                    : nullptr;
  if (!isTransposeBy(before, createPermutation(rank, isLast)) ||
      !isTransposeBy(behind, createPermutation(rank, !isLast)) ||
      behind.getInput() != layer.getOutput())
    return nullptr;
  auto signature = ConvTransposeSignature::of(layer);
  signature.layout = isLast ? Layout::ChannelsFirst : Layout::ChannelsLast;
  signature.input = cast<RankedTensorType>(before.getInput().getType());
  signature.output = cast<RankedTensorType>(behind->getResult(0).getType());
  return replaceLayer(rewriter, layer, signature, before.getInput(), behind->getResult(0));
}
