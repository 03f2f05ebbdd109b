//===- Stablehlo.h - Ops of StableHLO in generic form --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_STABLEHLO_H
#define TCONV_TRANSFORMS_RAISE_STABLEHLO_H

#include "ConvolutionSpec.h"

#include "mlir/IR/Operation.h"

namespace mlir::tconv {

/// What a `stablehlo.convolution` says. An error at the op if it contradicts StableHLO's
/// specification.
FailureOr<ConvolutionSpec> readStablehloConvolution(Operation *op);

/// An op that is not a convolution, in upstream dialects, at the builder's place; null if it
/// is not known or says what is not supported.
Value lowerStablehloOp(OpBuilder &builder, Operation *op);

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_STABLEHLO_H
