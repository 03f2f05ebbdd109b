//===- TestElement.cpp - Elements of matrices, for tests ------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TestElement.h"

#include "../../lib/Emulator/Halves.h"

#include <bit>
#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace tconv;

int tconv::bytesOf(const std::string &type) {
  if (type == "f64")
    return 8;
  if (type == "tf32" || type == "f32" || type == "s32")
    return 4;
  return type == "f16" || type == "bf16" ? 2 : 1;
}

void tconv::writeElement(char *to, const std::string &type, int value) {
  uint64_t bits = std::bit_cast<uint32_t>(static_cast<float>(value));
  const int e4m3[] = {0, 0x38, 0x40, 0x44}, e5m2[] = {0, 0x3c, 0x40, 0x42};
  if (type == "f16")
    bits = emulator::floatToHalf(static_cast<float>(value));
  else if (type == "bf16")
    bits >>= 16;
  else if (type == "f64")
    bits = std::bit_cast<uint64_t>(static_cast<double>(value));
  else if (type == "s8" || type == "u8" || type == "s32")
    bits = static_cast<uint32_t>(value);
  else if (type == "e4m3")
    bits = e4m3[std::abs(value)] | (value < 0 ? 0x80 : 0);
  else if (type == "e5m2")
    bits = e5m2[std::abs(value)] | (value < 0 ? 0x80 : 0);
  memcpy(to, &bits, bytesOf(type));
}
