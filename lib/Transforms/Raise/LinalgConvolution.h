//===- LinalgConvolution.h - Linalg ops that are convolutions ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the loops of a linalg op are to a convolution, from its indexing maps: named ops
// and linalg.generic, of any rank, layout and number of groups, are read alike.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_LINALGCONVOLUTION_H
#define TCONV_TRANSFORMS_RAISE_LINALGCONVOLUTION_H

#include "ConvolutionForm.h"

#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace mlir::tconv {

/// Whether an op multiplies two tensors, one of them at sums of two loops, and adds the
/// products to its result.
bool looksLikeConvolution(linalg::LinalgOp op);

/// Its operand that is read at one element for each tap.
OpOperand *getFilterOperand(linalg::LinalgOp op);

/// The convolution that such an op is, without its bias; or nothing, and why it is none.
std::optional<ConvolutionForm> readConvolution(linalg::LinalgOp op, SizeAnalysis &analysis,
                                               std::string &obstacle);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_LINALGCONVOLUTION_H
