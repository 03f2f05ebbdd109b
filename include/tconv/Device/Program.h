//===- Program.h - What functions that launch kernels do -----------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A function that runs on the host and whose tensors are in the memory of a device
// computes sizes and addresses, allocates, and launches kernels. As a program it is a list
// of instructions of a register machine: every register holds 64 bits, a buffer is its
// address on the device. Interpreting it needs no compiler (Interpreter.h).
//
// As text, in a file (ProgramFile.h):
//
//   r2 = constant 255
//   r3 = add r1 r2
//   r4 = shift_right r3 r5
//   r16 = tensor_map 0 address r1 sizes r2 r3 strides r4
//   launch 0 grid r4 r6 r6 block r7 r6 r6 shared r8 arguments r0 r1
//   return
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_DEVICE_PROGRAM_H
#define TCONV_DEVICE_PROGRAM_H

#include "tconv/Device/Device.h"
#include "tconv/HostTensor/TensorSpec.h"

#include <string>
#include <vector>

namespace tconv {

/// The number of a register of a function.
using Register = uint32_t;

/// Integers are in two's complement, comparisons give 0 or 1, and what does not fit 64 bits
/// is cut off but for MulSize.
enum class Opcode {
  Constant,    ///< result = immediate
  Segment,     ///< result = address of data segment number `immediate`
  Move,        ///< result = a
  Add,         ///< result = a + b, and so on
  Sub,         //
  Mul,         //
  MulSize,     ///< Mul; an error if the product does not fit 63 bits
  DivSigned,   ///< rounds towards zero; an error if b is zero
  DivUnsigned, //
  RemSigned,   ///< has the sign of a
  RemUnsigned, //
  And,         //
  Or,          //
  Xor,         //
  ShiftLeft,   ///< by b bits, 0 <= b; nothing is left from 64 on
  ShiftRight,  ///< fills with zeros
  ShiftRightSigned,
  Equal,
  NotEqual,
  LessSigned,
  LessEqualSigned,
  LessUnsigned,
  LessEqualUnsigned,
  Select,     ///< result = a != 0 ? b : c
  SignExtend, ///< result = the low `immediate` bits of a, as a signed number; 1 to 64
  Jump,       ///< go on at instruction `immediate`
  Branch,     ///< go on at instruction `immediate` if a is zero
  Check,      ///< end with the error `text` if a is zero
  Allocate,   ///< result = address of a new buffer of a bytes
  Free,       ///< give the buffer at address a back; nothing is done for 0
  Copy,       ///< copy c bytes from address b to address a
  MapTensor,  ///< 16 registers from result on = a tensor map by recipe `immediate`: address, sizes,
              ///< strides
  Launch, ///< run kernel `immediate`: grid x, y, z, block x, y, z, shared bytes, arguments; one of
          ///< more than 8 bytes is in registers from its operand on
  Return  ///< end, with these words as results
};

struct Instruction {
  Opcode opcode;
  /// What is written, for opcodes that have a result.
  Register result = 0;
  std::vector<Register> operands;
  int64_t immediate = 0;
  std::string text;
};

/// Leading operands of a launch before the arguments of the kernel.
inline constexpr size_t numLaunchOperands = 7;

/// Registers that hold a tensor map, and operands of the instruction that makes one.
inline constexpr uint32_t numTensorMapWords = sizeof(TensorMap) / sizeof(uint64_t);
constexpr size_t numTensorMapOperands(size_t rank) { return 2 * rank; }

/// A tensor is passed as MLIR passes a memref: allocated address, aligned address, offset in
/// elements, sizes, strides.
constexpr size_t numDescriptorWords(size_t rank) { return 3 + 2 * rank; }

/// The words of tensors, and how many registers there are in all.
struct Function {
  std::string name;
  /// What the function takes, packed filters left out.
  std::vector<TensorSpec> inputs;
  /// The bytes of each packed filter, which are inputs of one dimension after the others.
  std::vector<int64_t> packedBytes;
  std::vector<TensorSpec> results;
  /// Whether results are written to buffers of the caller, which are passed last; else
  /// their words are returned, and their buffers belong to the caller.
  bool takesOutputs = false;
  /// The first registers hold the arguments, word by word.
  uint32_t numArguments = 0;
  uint32_t numRegisters = 0;
  std::vector<Instruction> code;
};

/// Bytes that are in the memory of the device as long as the program is loaded.
struct DataSegment {
  std::vector<std::byte> bytes;
};

/// Functions, and what they share. The code of kernels is kept apart from it, since there is
/// one for each architecture.
struct Program {
  Function entry;
  /// Packs the inputs `packInputs` of the entry: takes those, and one buffer for each packed
  /// filter. Has no code if nothing is packed.
  Function pack;
  std::vector<uint32_t> packInputs;
  std::vector<KernelSignature> kernels;
  std::vector<TensorMapRecipe> tensorMaps;
  std::vector<DataSegment> segments;

  bool hasPacking() const { return !pack.code.empty(); }
};

/// The name of an opcode in text: "shift_right".
const char *name(Opcode opcode);
/// The number of operands; -1 for those that have any number: MapTensor, Launch and Return.
int numOperands(Opcode opcode);
bool hasResult(Opcode opcode);
bool hasImmediate(Opcode opcode);

/// Checks that registers, targets, kernels, recipes and segments exist and that functions end, so
/// that the interpreter need not.
Status verify(const Program &program);

} // namespace tconv

#endif // TCONV_DEVICE_PROGRAM_H
