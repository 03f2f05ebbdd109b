//===- DotProducts.h - What multiplies and adds in a kernel -----*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_TRANSFORMS_KERNELS_DOTPRODUCTS_H
#define TCONV_LIB_TRANSFORMS_KERNELS_DOTPRODUCTS_H

#include "KernelLayer.h"

namespace mlir::tconv {

/// One step of the reduction for one vector of sums. Lanes hold sums; a lane of a
/// factor holds the channels of one step.
class DotProductEmitter {
public:
  DotProductEmitter(const KernelLayer &layer);

  /// The channels of one step of x at a position, in every lane.
  Value broadcastInput(Emitter &b, Value position) const;
  /// As many steps of a vector of lanes, channels of a depthwise layer.
  Value loadInput(Emitter &b, Value position) const;
  /// One step of a vector of lanes of the filter.
  Value loadFilter(Emitter &b, Value position) const;
  /// sums + x * w, lane by lane.
  Value multiplyAdd(Emitter &b, Value x, Value w, Value sums) const;

private:
  Value x, filter;
  ::tconv::DotProduct dot;
  VectorType factors;
  VectorType step;
  VectorType sums;
};

} // namespace mlir::tconv

#endif // TCONV_LIB_TRANSFORMS_KERNELS_DOTPRODUCTS_H
