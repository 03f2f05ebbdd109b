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
/// The same of a layer whose batch may be dynamic: it is the first of the sizes in `hint` then, or
/// one image.
::tconv::Result<Problem> describeLayer(ConvTransposeOp op, ArrayRef<int64_t> hint);
/// One image, if the batch is dynamic.
::tconv::Result<Problem> describeLayer(KernelOp op);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_LAYERS_DESCRIBELAYER_H
