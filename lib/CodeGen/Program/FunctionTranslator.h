//===- FunctionTranslator.h - One function as a program ------------*- C++ -*-===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values of the LLVM dialect are kept in registers of 64 bits: an integer of fewer bits with
// zeros above it, a floating-point number by its bits, a pointer as an address of the device, and
// a struct or an array in as many registers as it has scalars.
//
//===----------------------------------------------------------------------===//

#ifndef TCONV_LIB_CODEGEN_PROGRAM_FUNCTIONTRANSLATOR_H
#define TCONV_LIB_CODEGEN_PROGRAM_FUNCTIONTRANSLATOR_H

#include "tconv/Device/Program.h"

#include "mlir/Dialect/GPU/IR/GPUDialect.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

namespace tconv {

/// Numbers the kernels and the constants that functions of one program use.
class ProgramSymbols {
public:
  ProgramSymbols(mlir::ModuleOp module, Program &program)
      : module(module), layout(module), program(program) {}

  /// The number of the kernel that an operation launches.
  mlir::FailureOr<size_t> kernelOf(mlir::gpu::LaunchFuncOp launch);
  /// The number of the data segment of a global constant.
  mlir::FailureOr<size_t> segmentOf(mlir::LLVM::AddressOfOp address);
  /// The number of a recipe of tensor maps.
  size_t recipeOf(TensorMapRecipe recipe);
  const TensorMapRecipe &recipe(size_t number) const { return program.tensorMaps[number]; }
  /// Bytes of a parameter of a kernel, which may be passed by value: llvm.byval.
  uint32_t parameterBytes(mlir::LLVM::LLVMFuncOp kernel, unsigned parameter);
  uint32_t parameterBytes(size_t kernel, size_t parameter) const {
    return program.kernels[kernel].parameterBytes[parameter];
  }
  /// The text that a pointer to a constant points to, up to its first zero.
  mlir::FailureOr<std::string> textOf(mlir::Value pointer);
  /// Bytes of a type in memory.
  int64_t sizeOf(mlir::Type type) { return static_cast<int64_t>(layout.getTypeSize(type)); }

private:
  mlir::ModuleOp module;
  mlir::DataLayout layout;
  Program &program;
  llvm::DenseMap<mlir::Operation *, size_t> kernels, segments;
};

class FunctionTranslator {
public:
  FunctionTranslator(ProgramSymbols &symbols, Function &function)
      : symbols(symbols), function(function) {}

  /// Appends the code of a function, whose arguments are the first registers.
  llvm::LogicalResult translate(mlir::LLVM::LLVMFuncOp source);

  /// Whether a call makes a tensor map.
  static bool makesTensorMap(mlir::LLVM::CallOp call);

private:
  using Registers = llvm::SmallVector<Register>;

  // FunctionTranslator.cpp
  void collectSizes(mlir::LLVM::LLVMFuncOp source);
  llvm::LogicalResult translate(mlir::Operation &op);
  llvm::LogicalResult refuse(mlir::Operation &op, const llvm::Twine &what);
  Registers addRegisters(mlir::Type type);
  const Registers &registersOf(mlir::Value value) { return registers.find(value)->second; }
  Register registerOf(mlir::Value value) { return registersOf(value).front(); }
  void alias(mlir::Value value, Registers same) { registers[value] = std::move(same); }
  Register emit(Opcode opcode, llvm::ArrayRef<Register> operands, int64_t immediate = 0);
  void emitAction(Opcode opcode, llvm::ArrayRef<Register> operands, int64_t immediate = 0,
                  std::string text = "");
  Register constant(int64_t value) { return emit(Opcode::Constant, {}, value); }

  // TranslateArithmetic.cpp
  llvm::LogicalResult translateConstant(mlir::LLVM::ConstantOp op);
  llvm::LogicalResult translateArithmetic(mlir::Operation &op);
  llvm::LogicalResult translateBinary(mlir::Operation &op, Opcode opcode);
  llvm::LogicalResult translateCompare(mlir::LLVM::ICmpOp op);
  llvm::LogicalResult translateExtremum(mlir::Operation &op, Opcode less, bool takesLess);
  llvm::LogicalResult translateCast(mlir::Operation &op);
  void translateSelect(mlir::LLVM::SelectOp op);
  Register signExtended(mlir::Value value);
  Register withoutHighBits(Register value, unsigned width);

  // TranslateMemory.cpp
  llvm::LogicalResult translateMemory(mlir::Operation &op);
  llvm::LogicalResult translateAggregate(mlir::Operation &op);
  llvm::LogicalResult translateAddress(mlir::LLVM::GEPOp op);
  llvm::LogicalResult translateCall(mlir::LLVM::CallOp op);
  llvm::LogicalResult translateLaunch(mlir::gpu::LaunchFuncOp op);
  llvm::LogicalResult addArgument(mlir::gpu::LaunchFuncOp op, mlir::Value value, uint32_t bytes,
                                  Registers &operands);
  Register scaled(Register index, int64_t bytes, bool isSize);

  // TranslateTensorMaps.cpp
  llvm::LogicalResult translateLocal(mlir::LLVM::AllocaOp op);
  llvm::LogicalResult translateTensorMap(mlir::LLVM::CallOp op);
  void emitTensorMap(mlir::LLVM::CallOp op, Registers words, size_t recipe);

  // TranslateControl.cpp
  llvm::LogicalResult translateControl(mlir::Operation &op);
  void translateBranch(mlir::LLVM::CondBrOp op);
  void translateSwitch(mlir::LLVM::SwitchOp op);
  void jump(mlir::Block *target, mlir::ValueRange arguments);
  void resolveJumps();

  ProgramSymbols &symbols;
  Function &function;
  llvm::DenseMap<mlir::Value, Registers> registers;
  /// Pointers that are tensor maps, by their first registers.
  llvm::DenseSet<mlir::Value> tensorMaps;
  /// What the sizes of allocations are computed from.
  llvm::DenseSet<mlir::Value> sizes;
  llvm::DenseMap<mlir::Block *, size_t> blockStarts;
  /// Jumps to the beginning of blocks.
  llvm::SmallVector<std::pair<size_t, mlir::Block *>> jumps;
};

/// How many registers hold a value of a type; 0 if none can.
unsigned numWords(mlir::Type type);

} // namespace tconv

#endif // TCONV_LIB_CODEGEN_PROGRAM_FUNCTIONTRANSLATOR_H
