//===- KernelLayer.h - A layer as a kernel sees it --------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_KERNELLAYER_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_KERNELLAYER_H

#include "../../Layers/Emitter.h"

#include "tconv/IR/TconvOps.h"
#include "tconv/Schedule/TargetCpu.h"
#include "tconv/Schedule/TilePlan.h"

#include "mlir/IR/SymbolTable.h"

namespace mlir::tconv {

/// What is known of a layer before its kernel is built, and the linear buffers that
/// the kernel works on: x and y channels last, x with its channels padded to whole
/// steps and in the type that is multiplied.
struct KernelLayer {
  KernelOp op;
  MemRefType inputType;
  MemRefType outputType;
  bool channelsLast;
  ::tconv::Geometry geometry;
  ::tconv::Schedule schedule;
  ::tconv::FilterPacking packing;
  /// The type of the sums.
  Type sum;
  /// The processor that the kernel is for.
  ::tconv::TargetCpu target;

  /// Sizes as the code knows them: constants where they are static.
  Value batch;
  SmallVector<Value> inputs; ///< of the spatial dimensions
  SmallVector<Value> outputs;
  Value xPlane; ///< pixels of one image
  Value yPlane;
  Value x;
  Value filter;
  /// The bias of each padded lane of each group, in the type of the sums; or null.
  Value bias;
  Value y;
  /// The neighbours of the op as linear buffers: numbers for each channel as those of the bias,
  /// unless the region is applied behind the kernel (`defersEpilogue`).
  SmallVector<Value> neighbours;

  /// Without values, which `locate` gives it: those of the sizes, and of the filter.
  static KernelLayer of(KernelOp op, const ::tconv::TargetCpu &target);
  void locate(Emitter &b);

  /// Whether the kernel's y has its channels elsewhere than the result.
  bool transposesOutput() const;
  /// Whether the region reads an element of another tensor for each one of the result.
  bool readsElements() const;
  /// Whether the region is applied where y is copied to the result, in whose layout neighbours
  /// are, and not where sums are stored.
  bool defersEpilogue() const;
  /// Whether parts of sums are handed on through y, whose type would round them: y is then a
  /// buffer of the sums' type.
  bool keepsSums() const;
  /// The type of the elements of `y`.
  Type storedType() const { return keepsSums() ? sum : completeType(); }
  VectorType sums() const { return VectorType::get(schedule.vectorLength, sum); }
  /// The type that the elements of x are multiplied in, and of the packed filter.
  Type factorType() const;
  int64_t xChannels() const; ///< of all groups, padded to whole steps
  /// Whether the tables of its tiles are made at run time: where spatial sizes are dynamic, or a
  /// tile would be more than one image of a dynamic batch.
  bool hasRuntimePlan() const;
  /// Whether the batch is known at run time only, and plans are of one image.
  bool hasDynamicBatch() const { return inputType.isDynamicDim(0) && !hasRuntimePlan(); }
  Value xPixels(Emitter &b) const { return b.mul(batch, xPlane); } ///< of the whole batch
  Value yPixels(Emitter &b) const { return b.mul(batch, yPlane); }

private:
  /// Of what the kernel stores for complete sums, if they are not parts.
  Type completeType() const;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_KERNELLAYER_H
