//===- Arithmetic.cpp - The opcodes that compute --------------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// 64-bit integers as LLVM has them, with defined results where LLVM's are not: shifts by more than
// the width, the smallest number by -1. Products of sizes are checked, and divisions by zero are
// errors.
//
//===----------------------------------------------------------------------===//

#include "Arithmetic.h"

using namespace tconv;

namespace {

int64_t asSigned(uint64_t value) { return static_cast<int64_t>(value); }
uint64_t asWord(int64_t value) { return static_cast<uint64_t>(value); }

Result<uint64_t> multiplySizes(uint64_t a, uint64_t b) {
  int64_t product;
  if (!__builtin_mul_overflow(asSigned(a), asSigned(b), &product))
    return asWord(product);
  return Error{"expected sizes of less than 2^63 bytes, got " + std::to_string(asSigned(a)) +
               " * " + std::to_string(asSigned(b))};
}

Result<uint64_t> divide(Opcode opcode, uint64_t a, uint64_t b) {
  if (b == 0)
    return Error{"expected a divisor other than 0 in " + std::string(name(opcode))};
  switch (opcode) {
  case Opcode::DivSigned:
    return b == ~uint64_t(0) ? 0 - a : asWord(asSigned(a) / asSigned(b)); // -2^63 / -1 wraps
  case Opcode::DivUnsigned:
    return a / b;
  case Opcode::RemSigned:
    return b == ~uint64_t(0) ? 0 : asWord(asSigned(a) % asSigned(b));
  default:
    return a % b;
  }
}

uint64_t shift(Opcode opcode, uint64_t a, uint64_t b) {
  if (opcode == Opcode::ShiftRightSigned)
    return asWord(asSigned(a) >> (b < 64 ? b : 63));
  if (b >= 64)
    return 0;
  return opcode == Opcode::ShiftLeft ? a << b : a >> b;
}

bool compare(Opcode opcode, uint64_t a, uint64_t b) {
  switch (opcode) {
  case Opcode::Equal:
    return a == b;
  case Opcode::NotEqual:
    return a != b;
  case Opcode::LessSigned:
    return asSigned(a) < asSigned(b);
  case Opcode::LessEqualSigned:
    return asSigned(a) <= asSigned(b);
  case Opcode::LessUnsigned:
    return a < b;
  default:
    return a <= b;
  }
}

} // namespace

Result<uint64_t> tconv::compute(Opcode opcode, uint64_t a, uint64_t b) {
  switch (opcode) {
  case Opcode::Add:
    return a + b;
  case Opcode::Sub:
    return a - b;
  case Opcode::Mul:
    return a * b;
  case Opcode::MulSize:
    return multiplySizes(a, b);
  case Opcode::And:
    return a & b;
  case Opcode::Or:
    return a | b;
  case Opcode::Xor:
    return a ^ b;
  case Opcode::DivSigned:
  case Opcode::DivUnsigned:
  case Opcode::RemSigned:
  case Opcode::RemUnsigned:
    return divide(opcode, a, b);
  case Opcode::ShiftLeft:
  case Opcode::ShiftRight:
  case Opcode::ShiftRightSigned:
    return shift(opcode, a, b);
  default:
    return uint64_t(compare(opcode, a, b));
  }
}

uint64_t tconv::signExtend(uint64_t value, int64_t bits) {
  unsigned unused = 64 - static_cast<unsigned>(bits);
  return asWord(asSigned(value << unused) >> unused);
}
