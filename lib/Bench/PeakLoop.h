//===- PeakLoop.h - Loops that use a CPU to the full ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loops of nothing but multiply-adds on vector registers, which show the most that a
// CPU can do in an element type.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_BENCH_PEAKLOOP_H
#define TCONV_LIB_BENCH_PEAKLOOP_H

#include "tconv/HostTensor/ElementType.h"

#include <cstdint>
#include <vector>

namespace tconv::bench {

struct PeakLoop {
  /// The instructions used, for people to read.
  const char *instructions;
  ElementType type;
  /// Whether this CPU has them.
  bool available;
  /// Operations of one iteration, two for each multiply-add.
  double operations;
  /// The returned number depends on all the work, so that none can be left out.
  double (*run)(int64_t iterations);
};

/// Loops of f64 and f32 multiply-adds, and of i8 as vectors of i32 where there is
/// nothing better, the best ones first.
std::vector<PeakLoop> multiplyAddLoops();
/// Loops of bf16 and i8 dot-product instructions, the best ones first.
std::vector<PeakLoop> dotProductLoops();

/// The best loop that this CPU has for products of a type. F16, and BF16 without
/// dot-product instructions, are computed in f32, and so is their peak.
PeakLoop bestPeakLoop(ElementType type);

} // namespace tconv::bench

#endif // TCONV_LIB_BENCH_PEAKLOOP_H
