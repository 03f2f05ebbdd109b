//===- PreferredLayout.cpp - The layout a layer is fastest in -------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PreferredLayout.h"

#include "tconv/Schedule/SelectSchedule.h"
#include "tconv/Transforms/DescribeTarget.h"

using namespace tconv;

TensorLayout bench::preferredLayout(const Problem &problem) {
  return prefersChannelsLast(problem, mlir::tconv::describeTarget("host"))
             ? TensorLayout::ChannelsLast
             : TensorLayout::ChannelsFirst;
}
