//===- InputTransform.h - The windows of x, transformed ------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_INPUTTRANSFORM_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_INPUTTRANSFORM_H

#include "WinogradLayer.h"

namespace mlir::tconv {

/// Writes the transformed windows of a chunk's tiles to `chunk.inputs`, for one class.
void emitInputTransform(Emitter &b, const WinogradLayer &winograd,
                        const ::tconv::WinogradClass &phases, const TileChunk &chunk);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_INPUTTRANSFORM_H
