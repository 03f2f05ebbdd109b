//===- LayerRewrites.h - Layers that take neighbours along ---------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_LAYERREWRITES_H
#define TCONV_TRANSFORMS_RAISE_LAYERREWRITES_H

#include "tconv/IR/ConvTransposeSignature.h"

#include "mlir/IR/PatternMatch.h"

namespace mlir::tconv {

// Each of these takes a neighbour into a layer, and gives the layer that took it, or null.
// Layers with a schedule stay as they are.

/// A `tensor.pad` of zeros before it.
ConvTransposeOp foldPad(IRRewriter &rewriter, ConvTransposeOp layer);
/// A `tensor.extract_slice` that cuts its result, if nothing else uses that.
ConvTransposeOp foldCrop(IRRewriter &rewriter, ConvTransposeOp layer);
/// Transposes around it to the other layout and back.
ConvTransposeOp foldTransposes(IRRewriter &rewriter, ConvTransposeOp layer);
/// Elementwise ops behind it that scale and shift each channel.
ConvTransposeOp foldChannelConstants(IRRewriter &rewriter, ConvTransposeOp layer);

/// Replaces a value behind a layer by the result of a layer that `signature` describes, on
/// the input and with the filter and the bias of the old one. Ops in between are erased as
/// far as nothing else uses them. Null, and nothing done, if the op would not verify.
ConvTransposeOp replaceLayer(IRRewriter &rewriter, ConvTransposeOp layer,
                             const ConvTransposeSignature &signature, Value input, Value replaced);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_LAYERREWRITES_H
