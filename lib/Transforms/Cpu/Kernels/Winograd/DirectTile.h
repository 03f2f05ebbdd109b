//===- DirectTile.h - A tile by the definition ---------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_DIRECTTILE_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_DIRECTTILE_H

#include "OutputTransform.h"

namespace mlir::tconv {

/// Computes the outputs of a tile without a transform, from the filter as it is, and stores them.
/// Little code that is not fast: for tiles where something is not finite.
void emitDirectTile(Emitter &b, const WinogradLayer &winograd, const PhaseBlock &block,
                    const TileLocation &tile, Value group);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_WINOGRAD_DIRECTTILE_H
