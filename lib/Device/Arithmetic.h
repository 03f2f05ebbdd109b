//===- Arithmetic.h - The opcodes that compute ---------------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_DEVICE_ARITHMETIC_H
#define TCONV_LIB_DEVICE_ARITHMETIC_H

#include "tconv/Device/Program.h"

namespace tconv {

/// The result of an opcode from Add to LessEqualUnsigned. An error for a division by zero, and
/// for a size that does not fit.
Result<uint64_t> compute(Opcode opcode, uint64_t a, uint64_t b);

/// The low bits of a number, as a signed one of 64 bits.
uint64_t signExtend(uint64_t value, int64_t bits);

} // namespace tconv

#endif // TCONV_LIB_DEVICE_ARITHMETIC_H
