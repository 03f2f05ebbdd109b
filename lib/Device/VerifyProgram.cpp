//===- VerifyProgram.cpp - Whether a program can be interpreted -----------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What no run has to check again: that operands, jumps, kernels, constants and recipes of tensor
// maps exist, and that a function has as many arguments as its tensors have words. A file that
// was damaged, or made by hand, is refused here with the instruction's number.
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/Program.h"

using namespace tconv;

namespace {

/// Above this a file is not what this compiler writes, and its registers would fill memory.
constexpr uint32_t maxRegisters = 1 << 24;

size_t numWords(const std::vector<TensorSpec> &tensors) {
  size_t words = 0;
  for (const TensorSpec &tensor : tensors)
    words += numDescriptorWords(tensor.shape.size());
  return words;
}

class Verifier {
public:
  Verifier(const Program &program, const Function &function)
      : program(program), function(function) {}

  Status run() const;

private:
  Error error(const std::string &text) const {
    return Error{"function " + function.name + ": " + text};
  }
  Error error(size_t index, const std::string &text) const {
    return error("instruction " + std::to_string(index) + ": " + text);
  }
  Status checkSignature() const;
  Status check(size_t index, const Instruction &instruction) const;
  Status checkImmediate(size_t index, const Instruction &instruction) const;
  Status checkNumOperands(size_t index, const Instruction &instruction) const;
  Status checkRegisters(size_t index, const Instruction &instruction) const;

  const Program &program;
  const Function &function;
};

Status Verifier::checkSignature() const {
  size_t words = numWords(function.inputs) + function.packedBytes.size() * numDescriptorWords(1);
  if (function.takesOutputs)
    words += numWords(function.results);
  if (function.numArguments != words)
    return error("expected " + std::to_string(words) + " arguments for its tensors, got " +
                 std::to_string(function.numArguments));
  if (function.numRegisters < function.numArguments || function.numRegisters > maxRegisters)
    return error("expected " + std::to_string(function.numArguments) + " to " +
                 std::to_string(maxRegisters) + " registers, got " +
                 std::to_string(function.numRegisters));
  for (int64_t bytes : function.packedBytes)
    if (bytes < 0)
      return error("expected sizes of packed filters of at least 0, got " + std::to_string(bytes));
  return success();
}

Status Verifier::checkNumOperands(size_t index, const Instruction &instruction) const {
  size_t expected = static_cast<size_t>(numOperands(instruction.opcode));
  if (instruction.opcode == Opcode::Return)
    expected = function.takesOutputs ? 0 : numWords(function.results);
  if (instruction.opcode == Opcode::MapTensor)
    expected =
        numTensorMapOperands(program.tensorMaps[static_cast<size_t>(instruction.immediate)].rank());
  if (instruction.opcode == Opcode::Launch)
    expected = numLaunchOperands +
               program.kernels[static_cast<size_t>(instruction.immediate)].parameterBytes.size();
  if (instruction.operands.size() != expected)
    return error(index, "expected " + std::to_string(expected) + " operands of " +
                            name(instruction.opcode) + ", got " +
                            std::to_string(instruction.operands.size()));
  return success();
}

/// The numbers that an immediate may be: from `first` to `last`.
Status Verifier::checkImmediate(size_t index, const Instruction &instruction) const {
  int64_t first = 0, last = 0;
  switch (instruction.opcode) {
  case Opcode::Jump:
  case Opcode::Branch:
    last = static_cast<int64_t>(function.code.size()) - 1;
    break;
  case Opcode::Segment:
    last = static_cast<int64_t>(program.segments.size()) - 1;
    break;
  case Opcode::Launch:
    last = static_cast<int64_t>(program.kernels.size()) - 1;
    break;
  case Opcode::MapTensor:
    last = static_cast<int64_t>(program.tensorMaps.size()) - 1;
    break;
  case Opcode::SignExtend:
    first = 1;
    last = 64;
    break;
  default:
    return success();
  }
  if (instruction.immediate >= first && instruction.immediate <= last)
    return success();
  return error(index, "expected a number from " + std::to_string(first) + " to " +
                          std::to_string(last) + " in " + name(instruction.opcode) + ", got " +
                          std::to_string(instruction.immediate));
}

/// A tensor map is in several registers, and so is an argument of more than 8 bytes.
Status Verifier::checkRegisters(size_t index, const Instruction &instruction) const {
  auto exist = [&](Register first, uint32_t count) {
    return first < function.numRegisters && count <= function.numRegisters - first;
  };
  uint32_t results = !hasResult(instruction.opcode)            ? 0
                     : instruction.opcode == Opcode::MapTensor ? numTensorMapWords
                                                               : 1;
  bool valid = results == 0 || exist(instruction.result, results);
  for (size_t operand = 0; operand < instruction.operands.size(); ++operand) {
    uint32_t words = 1;
    if (instruction.opcode == Opcode::Launch && operand >= numLaunchOperands)
      words = wordsOf(program.kernels[static_cast<size_t>(instruction.immediate)]
                          .parameterBytes[operand - numLaunchOperands]);
    valid &= exist(instruction.operands[operand], words);
  }
  return valid ? success()
               : error(index, "expected registers below r" + std::to_string(function.numRegisters));
}

Status Verifier::check(size_t index, const Instruction &instruction) const {
  if (Status status = checkImmediate(index, instruction); !status)
    return status;
  if (Status status = checkNumOperands(index, instruction); !status)
    return status;
  return checkRegisters(index, instruction);
}

Status Verifier::run() const {
  if (Status status = checkSignature(); !status)
    return status;
  if (function.code.empty())
    return error("expected instructions, got none");
  for (size_t index = 0; index < function.code.size(); ++index)
    if (Status status = check(index, function.code[index]); !status)
      return status;
  Opcode last = function.code.back().opcode;
  if (last != Opcode::Return && last != Opcode::Jump)
    return error(std::string("expected a return or a jump at the end, got ") + name(last));
  return success();
}

Status verifyPacking(const Program &program) {
  if (program.packInputs.size() != program.pack.inputs.size() || !program.pack.takesOutputs)
    return Error{"expected a function " + program.pack.name + " that packs " +
                 std::to_string(program.packInputs.size()) + " inputs into buffers"};
  for (uint32_t input : program.packInputs)
    if (input >= program.entry.inputs.size())
      return Error{"expected inputs to pack below " + std::to_string(program.entry.inputs.size()) +
                   ", got " + std::to_string(input)};
  return Verifier(program, program.pack).run();
}

} // namespace

Status tconv::verify(const Program &program) {
  for (const TensorMapRecipe &recipe : program.tensorMaps)
    if (Status status = verify(recipe); !status)
      return status;
  if (Status status = Verifier(program, program.entry).run(); !status || !program.hasPacking())
    return status;
  return verifyPacking(program);
}
