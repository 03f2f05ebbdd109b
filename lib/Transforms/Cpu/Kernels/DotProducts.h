//===- DotProducts.h - What multiplies and adds in a kernel -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_CPU_KERNELS_DOTPRODUCTS_H
#define TCONV_LIB_TRANSFORMS_CPU_KERNELS_DOTPRODUCTS_H

#include "KernelLayer.h"

namespace mlir::tconv {

/// sums + x * w as `dot` means it, in vector ops that any processor has.
Value emitPortableDotProduct(Emitter &b, ::tconv::DotProduct dot, Value x, Value w, Value sums);

/// One step of the reduction for one vector of sums. Lanes hold sums; a lane of a
/// factor holds the channels of one step.
class DotProductEmitter {
public:
  DotProductEmitter(const KernelLayer &layer);

  /// The channels of one step of x at a position, in every lane.
  Value broadcastInput(Emitter &b, Value position) const;
  /// As many steps of the first `count` lanes, channels of a depthwise layer; nothing behind
  /// them is read.
  Value loadInput(Emitter &b, Value position, int64_t count) const;
  /// One step of a vector of lanes of the filter.
  Value loadFilter(Emitter &b, Value position) const;
  /// sums + x * w, lane by lane.
  Value multiplyAdd(Emitter &b, Value x, Value w, Value sums) const;

  /// Sums to which the corrections of those taps of the filter are added whose first step is
  /// among `count` ones from `step` on; the same if there are no corrections. `filter` is the
  /// beginning of a lane block, and sums of a pixel's vectors follow each other.
  SmallVector<Value> addCorrections(Emitter &b, Value filter, Value step, Value count,
                                    int64_t vectors, SmallVector<Value> sums) const;

private:
  bool hasInstruction() const;

  Value x, filter;
  ::tconv::FilterPacking packing;
  ::tconv::TargetCpu target;
  ::tconv::DotProduct dot;
  VectorType factors;
  VectorType step;
  VectorType sums;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_CPU_KERNELS_DOTPRODUCTS_H
