//===- ElementType.h - Types of tensor elements -----------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The element types of a HostTensor and the conversions of the 16-bit floating-point
// formats, which C++20 does not have.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_HOSTTENSOR_ELEMENTTYPE_H
#define TCONV_HOSTTENSOR_ELEMENTTYPE_H

#include <cstdint>
#include <optional>
#include <string_view>

namespace tconv {

/// The type of one element. I1 is a boolean in a byte of its own, 0 or 1.
enum class ElementType { F64, F32, F16, BF16, I64, I32, I16, I8, I1 };

/// The number of bytes of one element: 1, 2, 4 or 8.
int64_t byteSize(ElementType type);

/// The name as MLIR writes it: "f64", "bf16", "i1".
std::string_view name(ElementType type);

/// The type of that name; nothing if there is none.
std::optional<ElementType> parseElementType(std::string_view name);

bool isFloat(ElementType type);

/// \name IEEE binary16
/// Widening is exact. Narrowing rounds once, to nearest, ties to even; too large
/// numbers become infinite and a nan keeps its sign and leading payload bits, quieted.
/// @{
uint16_t doubleToHalf(double value);
double halfToDouble(uint16_t bits);
uint16_t floatToHalf(float value);
float halfToFloat(uint16_t bits);
/// @}

/// \name bfloat16
/// The same rules as for binary16.
/// @{
uint16_t doubleToBfloat16(double value);
double bfloat16ToDouble(uint16_t bits);
uint16_t floatToBfloat16(float value);
float bfloat16ToFloat(uint16_t bits);
/// @}

/// `value` rounded once to `type`, a floating-point type, and widened again.
double roundTo(ElementType type, double value);

} // namespace tconv

#endif // TCONV_HOSTTENSOR_ELEMENTTYPE_H
