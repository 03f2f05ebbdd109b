//===- GpuKernelLayer.h - A layer as a GPU kernel sees it -------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_GPU_KERNELS_GPUKERNELLAYER_H
#define TCONV_LIB_TRANSFORMS_GPU_KERNELS_GPUKERNELLAYER_H

#include "../../Layers/Names.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/Schedule/GpuBlocks.h"
#include "tconv/Schedule/GpuLayer.h"

namespace mlir::tconv {

/// How far apart neighbours are in a tensor, in elements.
struct Strides {
  int64_t batch;
  int64_t channel;
  SmallVector<int64_t> dims;
};

/// What is known of a layer before its kernel is built.
struct GpuKernelLayer : ::tconv::GpuLayer {
  KernelOp op;
  GpuSchedule schedule;
  FilterPacking packing;
  TileWork work;
  ::tconv::GpuBlocks blocks;
  GpuSharedMemory memory;
  Type element; ///< of x and w
  Type result;  ///< of y and the bias
  Type sum;
  Strides x, y;

  /// An error if the schedule cannot be obeyed, or not on that GPU.
  static ::tconv::Result<GpuKernelLayer> of(KernelOp op, const TargetGpu &target);

  size_t rank() const { return problem.geometry.dims.size(); }
  int64_t elementBytes() const { return byteSize(problem.type); }
  int64_t sumBytes() const { return sumByteSize(problem.type); }
  int64_t chunkElements() const { return 16 / elementBytes(); }
  int64_t outputElements() const { return y.batch * problem.geometry.batch; }
  /// Steps of the sum for each tap.
  int64_t stepsPerTap() const { return llvm::divideCeil(inputChannels(), schedule.blockK); }

private:
  GpuKernelLayer(KernelOp op, ::tconv::GpuLayer layer, GpuScheduleAttr schedule);
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_GPU_KERNELS_GPUKERNELLAYER_H
