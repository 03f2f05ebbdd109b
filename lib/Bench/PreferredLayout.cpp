//===- PreferredLayout.cpp - The layout a layer is fastest in -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors run along the innermost dimension: over channels if they fill a vector, else
// over positions.
//
//===----------------------------------------------------------------------===//

#include "PreferredLayout.h"

using namespace tconv;

/// Fewer output channels leave most of a vector empty.
constexpr int64_t fewChannels = 4;

TensorLayout bench::preferredLayout(const Problem &problem) {
  int64_t channels = problem.geometry.outputChannels / problem.geometry.groups;
  return channels <= fewChannels ? TensorLayout::ChannelsFirst : TensorLayout::ChannelsLast;
}
