//===- Text.cpp - Numbers in reports --------------------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

std::string tconv::bench::significant(double value) {
  constexpr int digits = 3, mostDecimals = 6;
  int decimals = digits - 1;
  if (value != 0 && std::isfinite(value))
    decimals -= static_cast<int>(std::floor(std::log10(std::abs(value))));
  char buffer[64];
  std::snprintf(buffer, sizeof(buffer), "%.*f", std::clamp(decimals, 0, mostDecimals), value);
  return buffer;
}
