//===- InputPrefetch.h - Fetching x ahead of tiles --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_INPUTPREFETCH_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_INPUTPREFETCH_H

#include "KernelLayer.h"

#include "tconv/Schedule/TilePlan.h"

namespace mlir::tconv {

/// Whether a tile of this shape fetches what the next tile of its row reads of x.
bool fetchesInput(const KernelLayer &layer, const ::tconv::TileShape &shape);

/// Fetches a part of it in each iteration of `unroll` steps: `step` is the first of them, and `x`
/// where its channels begin at the first pixel.
void prefetchInput(Emitter &b, const KernelLayer &layer, const ::tconv::TileShape &shape,
                   int64_t unroll, Value step, Value x);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_INPUTPREFETCH_H
