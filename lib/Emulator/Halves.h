//===- Halves.h - Numbers of 8, 16 and 19 bits ---------------- -*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_EMULATOR_HALVES_H
#define TCONV_LIB_EMULATOR_HALVES_H

#include <bit>
#include <cstdint>

namespace tconv::emulator {

/// IEEE half precision, exactly. Without branches, since millions are converted.
inline float halfToFloat(uint16_t half) {
  uint32_t sign = uint32_t(half & 0x8000) << 16, magnitude = half & 0x7fff;
  // With the exponent in place, a multiplication corrects its bias, and normalises
  // subnormal numbers.
  float value = std::bit_cast<float>(magnitude << 13) * std::bit_cast<float>(0x77800000u);
  uint32_t bits = std::bit_cast<uint32_t>(value);
  uint32_t special = 0x7f800000 | magnitude << 13;
  return std::bit_cast<float>(sign | (magnitude >= 0x7c00 ? special : bits));
}

/// Rounded to nearest, ties to even.
inline uint16_t floatToHalf(float value) {
  uint32_t bits = std::bit_cast<uint32_t>(value), sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  if (bits > 0x7f800000)
    return static_cast<uint16_t>(sign | 0x7fff);
  if (bits >= 0x47800000)
    return static_cast<uint16_t>(sign | 0x7c00);
  if (bits < 0x38800000) {
    // Subnormal halves are multiples of 2^-24: adding 0.5 rounds to such a multiple.
    float shifted = std::bit_cast<float>(bits) + 0.5f;
    return static_cast<uint16_t>(sign | (std::bit_cast<uint32_t>(shifted) - 0x3f000000));
  }
  return static_cast<uint16_t>(sign | ((bits - 0x38000000 + 0xfff + (bits >> 13 & 1)) >> 13));
}

inline float bfloatToFloat(uint16_t value) { return std::bit_cast<float>(uint32_t(value) << 16); }

/// 4 bits of exponent with a bias of 7, and 3 of fraction; all ones are a NaN, and there is no
/// infinity.
inline float e4m3ToFloat(uint8_t value) {
  if ((value & 0x7f) == 0x7f)
    return std::bit_cast<float>(uint32_t(value & 0x80) << 24 | 0x7fc00000);
  // A half of the same digits has a bias of 15.
  return 256 * halfToFloat(static_cast<uint16_t>((value & 0x80) << 8 | (value & 0x7f) << 7));
}

/// Tensor cores do not look at the low 13 bits.
inline float tf32ToFloat(uint32_t value) { return std::bit_cast<float>(value & 0xffffe000); }

} // namespace tconv::emulator

#endif // TCONV_LIB_EMULATOR_HALVES_H
