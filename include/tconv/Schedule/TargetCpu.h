//===- TargetCpu.h - What a schedule depends on of a processor --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_SCHEDULE_TARGETCPU_H
#define TCONV_SCHEDULE_TARGETCPU_H

#include <cstdint>
#include <string_view>
#include <vector>

namespace tconv {

/// Sizes are in bytes, rates are per cycle. The defaults are a core with AVX2 (Zen 3).
struct TargetCpu {
  int64_t vectorBytes = 32;
  int64_t vectorRegisters = 16;
  /// Multiply-adds, loads of whole vectors, and of numbers into all lanes of one.
  double multiplyAdds = 2;
  double loads = 3;
  double broadcasts = 3;
  bool hasInt16Pairs = false; ///< pmaddwd
  bool hasInt8Quads = false;  ///< AVX512-VNNI
  bool hasBf16Pairs = false;  ///< AVX512-BF16
  /// Of these dot products, as many as of multiply-adds where nothing is known.
  double bf16Pairs = 2;
  int64_t l1 = 32 << 10;
  int64_t l2 = 512 << 10;

  /// Puts in the caches of a core, by LLVM's name of it, and its rates for vectors of
  /// `vectorBytes`; those of an unknown one stay as they are.
  void setCore(std::string_view cpu);
  /// The cores that are known, by LLVM's names.
  static std::vector<std::string_view> knownCores();
};

} // namespace tconv

#endif // TCONV_SCHEDULE_TARGETCPU_H
