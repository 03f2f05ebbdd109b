//===- Program.cpp - What functions that launch kernels do ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/Program.h"

#include <array>

using namespace tconv;

namespace {

struct OpcodeInfo {
  const char *name;
  int operands;
  bool result;
  bool immediate;
};

/// In the order of Opcode.
constexpr std::array<OpcodeInfo, 34> opcodes = {{
    {"constant", 0, true, true},
    {"segment", 0, true, true},
    {"move", 1, true, false},
    {"add", 2, true, false},
    {"sub", 2, true, false},
    {"mul", 2, true, false},
    {"mul_size", 2, true, false},
    {"div_signed", 2, true, false},
    {"div_unsigned", 2, true, false},
    {"rem_signed", 2, true, false},
    {"rem_unsigned", 2, true, false},
    {"and", 2, true, false},
    {"or", 2, true, false},
    {"xor", 2, true, false},
    {"shift_left", 2, true, false},
    {"shift_right", 2, true, false},
    {"shift_right_signed", 2, true, false},
    {"equal", 2, true, false},
    {"not_equal", 2, true, false},
    {"less_signed", 2, true, false},
    {"less_equal_signed", 2, true, false},
    {"less_unsigned", 2, true, false},
    {"less_equal_unsigned", 2, true, false},
    {"select", 3, true, false},
    {"sign_extend", 1, true, true},
    {"jump", 0, false, true},
    {"branch_if_zero", 1, false, true},
    {"check", 1, false, false},
    {"allocate", 1, true, false},
    {"free", 1, false, false},
    {"copy", 3, false, false},
    {"tensor_map", -1, true, true},
    {"launch", -1, false, true},
    {"return", -1, false, false},
}};
static_assert(opcodes.size() == static_cast<size_t>(Opcode::Return) + 1);

const OpcodeInfo &infoOf(Opcode opcode) { return opcodes[static_cast<size_t>(opcode)]; }

} // namespace

const char *tconv::name(Opcode opcode) { return infoOf(opcode).name; }
int tconv::numOperands(Opcode opcode) { return infoOf(opcode).operands; }
bool tconv::hasResult(Opcode opcode) { return infoOf(opcode).result; }
bool tconv::hasImmediate(Opcode opcode) { return infoOf(opcode).immediate; }
