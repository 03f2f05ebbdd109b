//===- TargetGpu.h - What a schedule depends on of a GPU --------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_TARGETGPU_H
#define TCONV_SCHEDULE_TARGETGPU_H

#include "tconv/Support/Result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tconv {

/// What all GPUs of an architecture have; sizes are in bytes.
struct GpuLimits {
  int64_t sharedPerMultiprocessor;
  int64_t sharedPerBlock;
  int64_t threadsPerMultiprocessor;
  int64_t blocksPerMultiprocessor;

  static constexpr int64_t registersPerMultiprocessor = 1 << 16;
  static constexpr int64_t registersPerThread = 255;
};

/// A product, as far as the cost model looks at it. Multiply-adds are per cycle and
/// multiprocessor, as the instructions of sm_80 reach them.
struct TargetGpu {
  std::string arch;
  GpuLimits limits;
  int64_t multiprocessors;
  int64_t cacheBytes; ///< of the second cache
  double gigahertz;
  double memoryBytesPerSecond;
  double halfMultiplyAdds; ///< tensor cores, f16 and bf16; tf32 half, i8 twice as many
  double f32MultiplyAdds;
  double f64MultiplyAdds;

  /// A product of an architecture, like "sm_80" or "sm_90a"; unsupported below sm_80, where the
  /// fast tier has no kernels. Of an architecture that is not known: the product of the last one
  /// before it, with limits that every GPU has.
  static Result<TargetGpu> of(std::string_view arch);

  /// Whether it has the instructions of warpgroups, which no other architecture has.
  bool hasWgmma() const { return arch == "sm_90a"; }

  /// One of each architecture that is known.
  static const std::vector<TargetGpu> &known();
};

} // namespace tconv

#endif // TCONV_SCHEDULE_TARGETGPU_H
