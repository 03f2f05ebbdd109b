//===- ConvTransposeSignature.h - Types and attributes of the op ---*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The types and attributes of a tconv.conv_transpose, apart from any operation, so
// that constraints can be checked before an op with these types exists.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_IR_CONVTRANSPOSESIGNATURE_H
#define TCONV_IR_CONVTRANSPOSESIGNATURE_H

#include "tconv/IR/TconvOps.h"

namespace mlir::tconv {

struct ConvTransposeSignature {
  RankedTensorType input;
  RankedTensorType filter;
  RankedTensorType bias; // null: none
  RankedTensorType output;
  ArrayRef<int64_t> stride;
  ArrayRef<int64_t> paddingBegin;
  ArrayRef<int64_t> paddingEnd;
  ArrayRef<int64_t> dilation;
  ArrayRef<int64_t> outputPadding;
  int64_t groups;
  Layout layout;
  ::tconv::ZeroPoints zeroPoints = {};

  static ConvTransposeSignature of(ConvTransposeOp op);

  int64_t numSpatialDims() const { return input.getRank() - 2; }
  int64_t channelDim() const;
  int64_t spatialDim(int64_t spatial) const;
  ::tconv::DimAttributes dimAttributes(int64_t spatial) const;

  /// Checks the constraints C1 to C19 of the op; the message says which value was
  /// expected and which came.
  ::tconv::Status verify() const;
  /// The result type that follows from the rest; only if C1 to C9 hold.
  RankedTensorType inferOutput() const;
};

} // namespace mlir::tconv

#endif // TCONV_IR_CONVTRANSPOSESIGNATURE_H
