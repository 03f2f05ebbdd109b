//===- DescribeLayer.h - A layer as schedules see it ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_LAYERS_DESCRIBELAYER_H
#define TCONV_LIB_TRANSFORMS_LAYERS_DESCRIBELAYER_H

#include "Names.h"

#include "tconv/IR/TconvOps.h"

namespace mlir::tconv {

/// The layer, if everything about it is known; otherwise unsupported, with the reason.
::tconv::Result<Problem> describeLayer(ConvTransposeOp op);
/// The same of a layer whose batch and spatial sizes may be dynamic: they are those of `hint` then,
/// the batch first, or typical ones and one image.
::tconv::Result<Problem> describeLayer(ConvTransposeOp op, ArrayRef<int64_t> hint);
/// With typical sizes, where they are dynamic.
::tconv::Result<Problem> describeLayer(KernelOp op);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_DESCRIBELAYER_H
