//===- LaneBlocks.h - The lane blocks of the packed filter ------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_LANEBLOCKS_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_LANEBLOCKS_H

#include "KernelLayer.h"

namespace mlir::tconv {

/// A lane block of the packed filter, while its code is built.
struct LaneBlock {
  /// Vectors, and lanes that exist in a block of this kind.
  int64_t vectors;
  int64_t lanes;
  /// Where the block begins: in the packed filter, in the lanes of its group, in the
  /// padded lanes of all groups.
  Value filter;
  Value lane;
  Value bias;
};

/// What one task computes: a group, some of its lane blocks, and one of `parts` parts of what
/// each of those is for.
struct LaneTask {
  Value group;
  Value blockBegin;
  Value blockEnd;
  Value part;
};

/// Runs tasks for all groups and lane blocks. Tasks that follow each other read the same part of
/// the filter.
void forEachLaneTask(Emitter &b, const KernelLayer &layer, Value parts,
                     llvm::function_ref<void(const LaneTask &)> body);

/// Builds code for blocks of all lanes and for a last one with fewer.
void forEachLaneBlock(Emitter &b, const KernelLayer &layer, Value group, Value begin, Value end,
                      llvm::function_ref<void(const LaneBlock &)> body);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_LANEBLOCKS_H
