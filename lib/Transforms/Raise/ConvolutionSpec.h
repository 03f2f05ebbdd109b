//===- ConvolutionSpec.h - Convolutions of other dialects ----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A convolution with all that StableHLO's can say; those of torch and ONNX are a part of
// it. It becomes a layer if it is one, and otherwise a convolution in linalg.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_CONVOLUTIONSPEC_H
#define TCONV_TRANSFORMS_RAISE_CONVOLUTIONSPEC_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinTypes.h"

namespace mlir::tconv {

/// What happens along one spatial dimension.
struct SpatialSpec {
  int64_t stride = 1;
  int64_t low = 0, high = 0; // zeros around the input, spread; negative: cut off
  int64_t inputDilation = 1;
  int64_t filterDilation = 1;
  bool reversed = false; // the filter is read backwards
};

/// Which dimension is what.
struct OperandDims {
  int64_t batch;    // of a filter: its inputs
  int64_t channels; // of a filter: its outputs
  SmallVector<int64_t> spatial;
};

struct ConvolutionSpec {
  Value input, filter;
  OperandDims inputDims, filterDims, resultDims;
  SmallVector<SpatialSpec> spatial;
  int64_t groups = 1;
  int64_t batchGroups = 1;
  RankedTensorType result;
};

/// The transposed convolution that it is, or null, and why not.
Value raiseSpec(OpBuilder &builder, Location loc, const ConvolutionSpec &spec,
                std::string &obstacle);
/// The convolution in linalg.
Value lowerSpec(OpBuilder &builder, Location loc, const ConvolutionSpec &spec);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_CONVOLUTIONSPEC_H
