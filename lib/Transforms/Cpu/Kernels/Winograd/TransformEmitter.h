//===- TransformEmitter.h - Linear transforms of vectors ------ -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_TRANSFORMEMITTER_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_TRANSFORMEMITTER_H

#include "../../../Layers/Emitter.h"

#include "tconv/Schedule/WinogradPlan.h"

namespace mlir::tconv {

/// Applies one matrix of each dimension's transform to numbers, or vectors of numbers, that are
/// given and returned row by row, the last dimension fastest. Every sum has one order.
SmallVector<Value> emitTransform(Emitter &b, ArrayRef<::tconv::CookToom> transforms,
                                 ::tconv::RationalMatrix(::tconv::CookToom::*matrix),
                                 SmallVector<Value> values);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_TRANSFORMEMITTER_H
