//===- Interpreter.cpp - Running functions of a program -------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function is a list of instructions on registers of 64 bits, of which the first are its
// arguments. The program has been verified: operands are registers of the function, and targets
// of branches are instructions. Buffers are addresses of the device. The interpreter keeps what
// the function allocated: what it returns is the caller's, the rest is freed when the run ends,
// however it ends. Launches are queued on the device and not waited for; an error of one comes
// with it or with a later call.
//
//===----------------------------------------------------------------------===//
//
// One instruction after the other over an array of registers. A program comes from a file, which
// a verifier has checked once (VerifyProgram.cpp), so that indices are in range here; what
// depends on numbers - sizes, divisors, addresses to free, the size of a launch - is checked in
// each run.
//
//===----------------------------------------------------------------------===//

#include "tconv/Device/Interpreter.h"

#include "Arithmetic.h"

#include <algorithm>
#include <limits>
#include <optional>

using namespace tconv;

namespace {

/// One run of a function.
class Interpreter {
public:
  Interpreter(const ProgramContext &context, const Function &function,
              const std::vector<uint64_t> &arguments)
      : context(context), function(function), registers(function.numRegisters) {
    std::copy(arguments.begin(), arguments.end(), registers.begin());
  }
  Interpreter(const Interpreter &) = delete;
  /// There is nobody to tell about a buffer that the device does not take back.
  ~Interpreter() {
    for (DeviceAddress buffer : buffers)
      (void)context.device.free(buffer);
  }

  Result<Returned> run();

private:
  Status step(const Instruction &instruction);
  Status stepMemory(const Instruction &instruction);
  Status stepArithmetic(const Instruction &instruction);
  Result<uint64_t> allocate(int64_t bytes);
  Status free(DeviceAddress address);
  Status copy(DeviceAddress to, DeviceAddress from, int64_t bytes);
  Status mapTensor(const Instruction &instruction);
  Status launch(const Instruction &instruction);
  Returned takeResults(const Instruction &instruction);

  uint64_t operand(const Instruction &instruction, size_t index) const {
    return registers[instruction.operands[index]];
  }

  const ProgramContext &context;
  const Function &function;
  std::vector<uint64_t> registers;
  /// What was allocated and not freed yet.
  std::set<DeviceAddress> buffers;
  size_t next = 0;
};

Result<Returned> Interpreter::run() {
  for (;;) {
    const Instruction &instruction = function.code[next++];
    if (instruction.opcode == Opcode::Return)
      return takeResults(instruction);
    if (Status status = step(instruction); !status)
      return status.error();
  }
}

Status Interpreter::step(const Instruction &instruction) {
  switch (instruction.opcode) {
  case Opcode::Jump:
    next = static_cast<size_t>(instruction.immediate);
    return success();
  case Opcode::Branch:
    if (operand(instruction, 0) == 0)
      next = static_cast<size_t>(instruction.immediate);
    return success();
  case Opcode::Check:
    return operand(instruction, 0) ? success() : Error{instruction.text};
  case Opcode::Allocate:
  case Opcode::Free:
  case Opcode::Copy:
  case Opcode::MapTensor:
  case Opcode::Launch:
    return stepMemory(instruction);
  default:
    return stepArithmetic(instruction);
  }
}

Status Interpreter::stepArithmetic(const Instruction &instruction) {
  uint64_t &result = registers[instruction.result];
  switch (instruction.opcode) {
  case Opcode::Constant:
    result = static_cast<uint64_t>(instruction.immediate);
    return success();
  case Opcode::Segment:
    result = context.segments[static_cast<size_t>(instruction.immediate)];
    return success();
  case Opcode::Move:
    result = operand(instruction, 0);
    return success();
  case Opcode::Select:
    result = operand(instruction, operand(instruction, 0) ? 1 : 2);
    return success();
  case Opcode::SignExtend:
    result = signExtend(operand(instruction, 0), instruction.immediate);
    return success();
  default:
    break;
  }
  Result<uint64_t> value =
      compute(instruction.opcode, operand(instruction, 0), operand(instruction, 1));
  if (!value)
    return value.error();
  result = *value;
  return success();
}

Status Interpreter::stepMemory(const Instruction &instruction) {
  switch (instruction.opcode) {
  case Opcode::Allocate: {
    Result<uint64_t> address = allocate(static_cast<int64_t>(operand(instruction, 0)));
    if (!address)
      return address.error();
    registers[instruction.result] = *address;
    return success();
  }
  case Opcode::Free:
    return free(operand(instruction, 0));
  case Opcode::Copy:
    return copy(operand(instruction, 0), operand(instruction, 1),
                static_cast<int64_t>(operand(instruction, 2)));
  case Opcode::MapTensor:
    return mapTensor(instruction);
  default:
    return launch(instruction);
  }
}

Result<uint64_t> Interpreter::allocate(int64_t bytes) {
  if (bytes < 0)
    return Error{"expected buffers of 0 to 2^63 - 1 bytes, got " + std::to_string(bytes)};
  Result<DeviceAddress> address = context.device.allocate(std::max<uint64_t>(bytes, 1));
  if (address)
    buffers.insert(*address);
  return address;
}

Status Interpreter::free(DeviceAddress address) {
  if (address == 0)
    return success();
  if (buffers.erase(address) == 0)
    return Error{"expected buffers to be freed once, by the function that allocated them"};
  return context.device.free(address);
}

Status Interpreter::copy(DeviceAddress to, DeviceAddress from, int64_t bytes) {
  if (bytes < 0)
    return Error{"expected to copy 0 to 2^63 - 1 bytes, got " + std::to_string(bytes)};
  return bytes ? context.device.copy(to, from, static_cast<uint64_t>(bytes)) : success();
}

Status Interpreter::mapTensor(const Instruction &instruction) {
  TensorMapDescription description;
  description.recipe = context.program.tensorMaps[static_cast<size_t>(instruction.immediate)];
  size_t rank = description.recipe.rank();
  description.address = operand(instruction, 0);
  for (size_t index = 1; index < numTensorMapOperands(rank); ++index)
    (index <= rank ? description.sizes : description.strides)
        .push_back(operand(instruction, index));
  Result<TensorMap> map = context.device.encodeTensorMap(description);
  if (!map)
    return map.error();
  std::copy(map->words.begin(), map->words.end(), registers.begin() + instruction.result);
  return success();
}

/// A number of blocks, threads or bytes of a launch.
std::optional<Error> setSize(uint32_t &size, uint64_t value, const std::string &kernel) {
  if (value > std::numeric_limits<uint32_t>::max())
    return Error{"expected sizes from 0 to 2^32 - 1 in the launch of " + kernel + ", got " +
                 std::to_string(static_cast<int64_t>(value))};
  size = static_cast<uint32_t>(value);
  return std::nullopt;
}

Status Interpreter::launch(const Instruction &instruction) {
  const KernelSignature &kernel =
      context.program.kernels[static_cast<size_t>(instruction.immediate)];
  LaunchShape shape;
  uint32_t *sizes[] = {&shape.grid[0],  &shape.grid[1],  &shape.grid[2],    &shape.block[0],
                       &shape.block[1], &shape.block[2], &shape.sharedBytes};
  for (size_t index = 0; index < numLaunchOperands; ++index)
    if (auto error = setSize(*sizes[index], operand(instruction, index), kernel.name))
      return *error;
  // An empty tensor: a GPU refuses what has nothing to do.
  auto isEmpty = [](uint32_t *size) { return *size == 0; };
  if (std::any_of(sizes, sizes + 6, isEmpty))
    return success();
  std::vector<uint64_t> arguments;
  for (size_t index = numLaunchOperands; index < instruction.operands.size(); ++index) {
    auto first = registers.begin() + instruction.operands[index];
    arguments.insert(arguments.end(), first,
                     first + wordsOf(kernel.parameterBytes[index - numLaunchOperands]));
  }
  return context.module->launch(kernel, shape, arguments.data());
}

Returned Interpreter::takeResults(const Instruction &instruction) {
  Returned returned;
  for (Register word : instruction.operands) {
    returned.words.push_back(registers[word]);
    if (auto node = buffers.extract(registers[word]))
      returned.buffers.insert(std::move(node));
  }
  return returned;
}

} // namespace

Result<Returned> tconv::interpret(const ProgramContext &context, const Function &function,
                                  const std::vector<uint64_t> &arguments) {
  if (arguments.size() != function.numArguments)
    return Error{"expected " + std::to_string(function.numArguments) + " words for function " +
                 function.name + ", got " + std::to_string(arguments.size())};
  return Interpreter(context, function, arguments).run();
}
