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

namespace tconv {

/// Sizes are in bytes. Multiply-adds are per cycle and multiprocessor, as the
/// instructions of sm_80 reach them.
struct TargetGpu {
  std::string arch;
  int64_t multiprocessors;
  int64_t cacheBytes; ///< of the second cache
  int64_t sharedPerMultiprocessor;
  int64_t sharedPerBlock;
  int64_t threadsPerMultiprocessor;
  int64_t blocksPerMultiprocessor;
  double gigahertz;
  double memoryBytesPerSecond;
  double halfMultiplyAdds; ///< tensor cores, f16 and bf16; tf32 half, i8 twice as many
  double f32MultiplyAdds;
  double f64MultiplyAdds;

  static constexpr int64_t registersPerMultiprocessor = 1 << 16;

  /// A product of that architecture, like "sm_80"; unsupported below sm_80, where the fast
  /// tier has no kernels. Architectures that are not known are taken for the last one
  /// that is.
  static Result<TargetGpu> of(std::string_view arch);
};

} // namespace tconv

#endif // TCONV_SCHEDULE_TARGETGPU_H
