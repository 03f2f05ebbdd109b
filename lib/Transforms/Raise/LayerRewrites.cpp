//===- LayerRewrites.cpp - Layers that take neighbours along --------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LayerRewrites.h"

using namespace mlir;
using namespace mlir::tconv;

ConvTransposeOp mlir::tconv::replaceLayer(IRRewriter &rewriter, ConvTransposeOp layer,
                                          const ConvTransposeSignature &signature, Value input,
                                          Value replaced) {
  if (layer.getSchedule() || !signature.verify())
    return nullptr;
  rewriter.setInsertionPoint(layer);
  auto created = ConvTransposeOp::create(
      rewriter, layer.getLoc(), signature.output, input, layer.getFilter(), layer.getBias(),
      signature.stride, signature.paddingBegin, signature.paddingEnd, signature.dilation,
      signature.outputPadding, signature.groups, signature.layout, KernelScheduleAttr(),
      layer.getInputZeroPointAttr(), layer.getFilterZeroPointAttr(), layer.getInputUnsigned());
  created->setDiscardableAttrs(layer->getDiscardableAttrDictionary());
  Operation *before = layer.getInput().getDefiningOp();
  Operation *behind = replaced.getDefiningOp();
  rewriter.replaceAllUsesWith(replaced, created.getOutput());
  if (behind != layer)
    rewriter.eraseOp(behind);
  rewriter.eraseOp(layer);
  if (before && isOpTriviallyDead(before))
    rewriter.eraseOp(before);
  return created;
}
