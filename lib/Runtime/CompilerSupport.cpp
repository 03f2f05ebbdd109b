//===- CompilerSupport.cpp - Functions that generated code may need -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Runtime/CompilerSupport.h"

#include "tconv/HostTensor/ElementType.h"

#include <bit>
#include <cstdint>

static float inLowHalf(uint16_t bits) { return std::bit_cast<float>(uint32_t(bits)); }

float tconvTruncateFloatToBfloat16(float value) { return inLowHalf(tconv::floatToBfloat16(value)); }

float tconvTruncateDoubleToBfloat16(double value) {
  return inLowHalf(tconv::doubleToBfloat16(value));
}
