//===- ElementType.cpp - Types of tensor elements ---------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The two 16-bit formats differ in the widths of their fields only, so one pair of
// functions serves both.
//
//===----------------------------------------------------------------------===//

#include "tconv/HostTensor/ElementType.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tconv {
namespace {

struct TypeInfo {
  ElementType type;
  std::string_view name;
  int64_t byteSize;
};
/// In the order of the enumeration.
constexpr TypeInfo types[] = {
    {ElementType::F64, "f64", 8},   {ElementType::F32, "f32", 4}, {ElementType::F16, "f16", 2},
    {ElementType::BF16, "bf16", 2}, {ElementType::I64, "i64", 8}, {ElementType::I32, "i32", 4},
    {ElementType::I16, "i16", 2},   {ElementType::I8, "i8", 1},   {ElementType::I1, "i1", 1}};

const TypeInfo &info(ElementType type) { return types[static_cast<int>(type)]; }

/// A 16-bit floating-point format: one sign bit, then these fields.
struct Format {
  int exponentBits, mantissaBits;

  constexpr int bias() const { return (1 << (exponentBits - 1)) - 1; }
  constexpr uint64_t infinity() const {
    return ((uint64_t(1) << exponentBits) - 1) << mantissaBits;
  }
};
constexpr Format half = {5, 10};
constexpr Format bfloat16 = {8, 7};

// The fields of a double.
constexpr int mantissaBits = 52;
constexpr int bias = 1023;
constexpr uint64_t hiddenBit = uint64_t(1) << mantissaBits;
constexpr uint64_t exponentMask = uint64_t(0x7ff) << mantissaBits;

/// `significand / 2^shift`, rounded to nearest, ties to even; 1 <= shift <= 63.
uint64_t shiftRounded(uint64_t significand, int shift) {
  uint64_t quotient = significand >> shift;
  uint64_t rest = significand & ((uint64_t(1) << shift) - 1);
  uint64_t middle = uint64_t(1) << (shift - 1);
  bool up = rest > middle || (rest == middle && (quotient & 1));
  return quotient + up;
}

uint64_t encodeFinite(int exponent, uint64_t significand, const Format &format) {
  int smallest = 1 - format.bias(); // exponent of the smallest normal number
  int shift = mantissaBits - format.mantissaBits + std::max(0, smallest - exponent);
  if (shift > mantissaBits + 1)
    return 0; // less than half of the smallest subnormal number
  // The hidden bit adds one to the exponent field and so does a carry.
  uint64_t field = std::max(exponent, smallest) - smallest;
  uint64_t bits = shiftRounded(significand, shift) + (field << format.mantissaBits);
  return std::min(bits, format.infinity());
}

uint16_t encode(double value, const Format &format) {
  uint64_t bits = std::bit_cast<uint64_t>(value);
  uint64_t mantissa = bits & (hiddenBit - 1);
  int exponent = static_cast<int>((bits & exponentMask) >> mantissaBits);
  uint64_t magnitude = 0; // stays so for a subnormal double
  if (std::isnan(value))
    magnitude = format.infinity() | (uint64_t(1) << (format.mantissaBits - 1)) |
                (mantissa >> (mantissaBits - format.mantissaBits));
  else if (std::isinf(value))
    magnitude = format.infinity();
  else if (exponent != 0)
    magnitude = encodeFinite(exponent - bias, mantissa | hiddenBit, format);
  return static_cast<uint16_t>(magnitude | ((bits >> 63) << 15));
}

double decode(uint16_t bits, const Format &format) {
  uint64_t magnitude = bits & 0x7fff;
  uint64_t sign = uint64_t(bits >> 15) << 63;
  uint64_t wide = magnitude << (mantissaBits - format.mantissaBits);
  if (magnitude >= format.infinity()) {
    wide |= exponentMask;
  } else if (magnitude >> format.mantissaBits) {
    wide += uint64_t(bias - format.bias()) << mantissaBits;
  } else { // zero or subnormal: a small integer times a power of two
    int scale = 1 - format.bias() - format.mantissaBits;
    wide = std::bit_cast<uint64_t>(std::ldexp(static_cast<double>(magnitude), scale));
  }
  return std::bit_cast<double>(wide | sign);
}

} // namespace

int64_t byteSize(ElementType type) { return info(type).byteSize; }

std::string_view name(ElementType type) { return info(type).name; }

std::optional<ElementType> parseElementType(std::string_view name) {
  for (const TypeInfo &candidate : types)
    if (candidate.name == name)
      return candidate.type;
  return std::nullopt;
}

bool isFloat(ElementType type) { return type <= ElementType::BF16; }

uint16_t doubleToHalf(double value) { return encode(value, half); }
double halfToDouble(uint16_t bits) { return decode(bits, half); }
uint16_t floatToHalf(float value) { return encode(value, half); }
float halfToFloat(uint16_t bits) { return static_cast<float>(decode(bits, half)); }

uint16_t doubleToBfloat16(double value) { return encode(value, bfloat16); }
double bfloat16ToDouble(uint16_t bits) { return decode(bits, bfloat16); }
uint16_t floatToBfloat16(float value) { return encode(value, bfloat16); }
float bfloat16ToFloat(uint16_t bits) { return static_cast<float>(decode(bits, bfloat16)); }

double roundTo(ElementType type, double value) {
  switch (type) {
  case ElementType::F32:
    return static_cast<float>(value);
  case ElementType::F16:
    return halfToDouble(doubleToHalf(value));
  case ElementType::BF16:
    return bfloat16ToDouble(doubleToBfloat16(value));
  default:
    return value;
  }
}

} // namespace tconv
