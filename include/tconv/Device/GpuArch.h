//===- GpuArch.h - Architectures of NVIDIA's GPUs ------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_GPUARCH_H
#define TCONV_DEVICE_GPUARCH_H

#include "tconv/Support/Result.h"

#include <string_view>

namespace tconv {

/// The architecture that code is for, or that a device has.
struct GpuArch {
  /// The compute capability, as NVIDIA numbers it: 9 and 0.
  unsigned major = 0;
  unsigned minor = 0;
  /// Whether code uses what only this architecture has: sm_90a.
  bool specific = false;

  /// Reads "sm_90a". An error for what this compiler makes no code for.
  static Result<GpuArch> parse(std::string_view name);

  std::string name() const;
  /// The version of PTX that code is written in, as LLVM names the feature: "+ptx80". One that
  /// drivers of the architecture's time can read.
  std::string ptxFeature() const;

  bool operator==(const GpuArch &) const = default;
};

/// Whether a device runs machine code that was made for an architecture: the same major number
/// and no higher minor one.
bool runsMachineCode(const GpuArch &device, const GpuArch &code);
/// Whether the driver of a device can compile PTX that was made for an architecture.
bool compilesPTX(const GpuArch &device, const GpuArch &code);

} // namespace tconv

#endif // TCONV_DEVICE_GPUARCH_H
