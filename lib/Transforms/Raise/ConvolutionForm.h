//===- ConvolutionForm.h - Convolutions that may be transposed -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A convolution as linalg and StableHLO have it, and the proof that one is form 2 of
// docs/architecture.md: a stride of 1 over an input with zeros between its elements, or
// with a reversed filter.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_CONVOLUTIONFORM_H
#define TCONV_TRANSFORMS_RAISE_CONVOLUTIONFORM_H

#include "SizeAnalysis.h"
#include "TracedTensor.h"

namespace mlir::tconv {

/// One spatial dimension: `y[o] += x[o*stride + k*dilation] * w[k]`.
struct ConvolutionWindow {
  int64_t stride = 1;
  int64_t dilation = 1;
};

/// A convolution, its operands followed to where they come from. Dimensions are listed by
/// what they are; several of one kind count as one, the first of them outermost.
struct ConvolutionForm {
  TracedTensor input;
  SmallVector<int64_t> inputBatch, inputChannels, inputSpatial;
  TracedTensor filter;
  SmallVector<int64_t> filterInputs; // with the groups, which stand first
  SmallVector<int64_t> filterOutputs;
  SmallVector<int64_t> filterSpatial;
  SmallVector<ConvolutionWindow> windows;
  int64_t groups = 1;
  Value bias;                    // of one dimension, or null
  Type elementType;              // of the result
  SmallVector<AffineExpr> sizes; // of the result's dimensions, by `analysis`
  SmallVector<int64_t> shape;    // the same as types have it
  SmallVector<int64_t> resultBatch, resultChannels, resultSpatial;
};

/// The transposed convolution that a convolution is, in the shape of its result; or a null
/// value, and why it is none.
Value raiseConvolution(OpBuilder &builder, Location loc, ConvolutionForm &form,
                       SizeAnalysis &analysis, std::string &obstacle);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_CONVOLUTIONFORM_H
