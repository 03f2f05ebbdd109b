//===- ProgramPrinter.cpp - Functions as lines of text --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ProgramText.h"

using namespace tconv;

namespace {

std::string nameOf(Register number) { return registerPrefix + std::to_string(number); }

/// Words that say what operands are, before the first one of each kind.
const char *titleOf(const Instruction &instruction, size_t index) {
  if (instruction.opcode == Opcode::Launch)
    return index == 0   ? " grid"
           : index == 3 ? " block"
           : index == 6 ? " shared"
           : index == 7 ? " arguments"
                        : "";
  if (instruction.opcode == Opcode::MapTensor)
    return index == 0                                     ? " address"
           : index == 1                                   ? " sizes"
           : index == instruction.operands.size() / 2 + 1 ? " strides"
                                                          : "";
  return "";
}

std::string print(const Instruction &instruction) {
  std::string text = "  ";
  if (hasResult(instruction.opcode))
    text += nameOf(instruction.result) + " = ";
  text += name(instruction.opcode);
  if (hasImmediate(instruction.opcode))
    text += " " + std::to_string(instruction.immediate);
  for (size_t index = 0; index < instruction.operands.size(); ++index)
    text += titleOf(instruction, index) + (" " + nameOf(instruction.operands[index]));
  if (instruction.opcode == Opcode::Check)
    text += " " + quote(instruction.text);
  return text;
}

} // namespace

std::string tconv::printFunction(const Function &function) {
  std::string text;
  for (const TensorSpec &input : function.inputs)
    text += "input " + input.str() + "\n";
  for (int64_t bytes : function.packedBytes)
    text += "packed " + std::to_string(bytes) + "\n";
  for (const TensorSpec &result : function.results)
    text += "result " + result.str() + "\n";
  text += std::string("results ") + (function.takesOutputs ? "given" : "returned") + "\n";
  text += "registers " + std::to_string(function.numRegisters) + "\n";
  text += "arguments " + std::to_string(function.numArguments) + "\n";
  for (const Instruction &instruction : function.code)
    text += print(instruction) + "\n";
  return text + "end\n";
}
