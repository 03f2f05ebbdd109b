//===- FloatFormat.h - How NumPy writes floating-point numbers --*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The layout that NumPy chooses for all numbers of an array together, and the digits of
// each.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_HOSTTENSOR_FLOATFORMAT_H
#define TCONV_LIB_HOSTTENSOR_FLOATFORMAT_H

#include "tconv/HostTensor/ElementType.h"

#include <string>
#include <vector>

namespace tconv {

/// The width and notation for the numbers of one array, which are all of `type`.
class FloatFormat {
public:
  /// Chooses the layout from the numbers that will be shown.
  FloatFormat(const std::vector<double> &shown, ElementType type);

  /// One number, padded to the common width.
  std::string format(double value) const;

private:
  void chooseScientific(const std::vector<double> &finite);
  void choosePositional(const std::vector<double> &finite);
  void makeRoomForNonFinite(const std::vector<double> &shown);

  ElementType type;
  bool scientific = false;
  size_t padLeft = 0;       // characters before the decimal point
  size_t padRight = 0;      // characters after it
  size_t fraction = 0;      // scientific: digits after it
  size_t exponentWidth = 0; // scientific: digits of the exponent
};

/// A number that stands alone: "0.1", "1e-05", "nan".
std::string formatFloatScalar(double value, ElementType type);

} // namespace tconv

#endif // TCONV_LIB_HOSTTENSOR_FLOATFORMAT_H
