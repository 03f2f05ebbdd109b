//===- WarpgroupBlock.h - A block whose warpgroups load or multiply *- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_WARPGROUPBLOCK_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_WARPGROUPBLOCK_H

#include "SumStore.h"
#include "TileLoads.h"

namespace mlir::tconv {

/// The tile of a block of the kernel wgmma: a thread of the last warpgroup loads tiles of x and w
/// from `sources`, the other warpgroups multiply them and store the sums.
void emitWarpgroupBlock(KernelBuilder &b, gpu::GPUModuleOp module, const GpuKernelLayer &layer,
                        const BlockPosition &block, const TileLoads::Sources &sources, Value shared,
                        const SumTarget &target);

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_WARPGROUPBLOCK_H
