//===- TiledKernel.h - The loops over the tiles of a plan -------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_TILEDKERNEL_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_TILEDKERNEL_H

#include "RegisterTile.h"

namespace mlir::tconv {

/// Builds the kernel of a layer of the families OutputChannels and Depthwise: a
/// parallel loop over tasks, each of some lane blocks of a group and a block of tiles.
void emitTiledKernel(Emitter &b, SymbolTable &symbols, const KernelLayer &layer,
                     const ::tconv::TilePlan &plan);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_TILEDKERNEL_H
