//===- ChannelOps.h - What ops do to the sums of a channel -------*- C++ -*===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Biases, scales and batch normalizations, however many ops say them, multiply the sums of
// a channel by one number and add another.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_TRANSFORMS_RAISE_CHANNELOPS_H
#define TCONV_TRANSFORMS_RAISE_CHANNELOPS_H

#include "ConstantElements.h"

#include <cmath>

namespace mlir::tconv {

/// What becomes of a sum in one channel.
struct Scaling {
  double scale = 1;
  double shift = 0;

  bool isFinite() const { return std::isfinite(scale) && std::isfinite(shift); }
};

/// A number in a payload.
struct Number;

/// Reads ops on a tensor whose dimension `channel` is that of the channels.
class ChannelOps {
public:
  explicit ChannelOps(int64_t channel) : channel(channel) {}

  /// Whether an op computes each element from that of `sums` at the same place and from
  /// constants that are the same along all dimensions but the channels.
  bool readsOnlyChannels(Operation *op, Value sums);
  /// What such an op does to the sums of a channel, if it scales and shifts them.
  std::optional<Scaling> read(Operation *op, Value sums, int64_t index);

  ConstantElements elements;

private:
  bool isChannelConstant(Value value, AffineMap map);
  Number readPayload(linalg::LinalgOp op, Value sums, ArrayRef<int64_t> position);

  int64_t channel;
};

} // namespace mlir::tconv

#endif // TCONV_TRANSFORMS_RAISE_CHANNELOPS_H
