//===- FunctionTranslator.cpp - One function as a program -----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "llvm/ADT/PostOrderIterator.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using tconv::FunctionTranslator;
using tconv::Opcode;
using tconv::Register;

unsigned tconv::numWords(Type type) {
  return llvm::TypeSwitch<Type, unsigned>(type)
      .Case([](LLVM::LLVMStructType type) -> unsigned {
        unsigned words = 0;
        for (Type element : type.getBody())
          words += numWords(element);
        return words;
      })
      .Case([](LLVM::LLVMArrayType type) -> unsigned {
        return static_cast<unsigned>(type.getNumElements()) * numWords(type.getElementType());
      })
      .Case([](IntegerType type) -> unsigned { return type.getWidth() <= 64 ? 1 : 0; })
      .Case([](FloatType type) -> unsigned { return type.getWidth() <= 64 ? 1 : 0; })
      .Case([](LLVM::LLVMPointerType) -> unsigned { return 1; })
      .Default(0u);
}

/// Values that may be a part of the sizes of allocations, so that their products are checked.
void FunctionTranslator::collectSizes(LLVM::LLVMFuncOp source) {
  SmallVector<Value> pending;
  source.walk([&](LLVM::CallOp call) {
    if (call.getCallee() == "malloc")
      pending.push_back(call.getArgOperands().front());
  });
  while (!pending.empty()) {
    Value value = pending.pop_back_val();
    if (!sizes.insert(value).second)
      continue;
    if (Operation *op = value.getDefiningOp()) {
      llvm::append_range(pending, op->getOperands());
      continue;
    }
    auto argument = cast<BlockArgument>(value);
    for (Block *predecessor : argument.getOwner()->getPredecessors()) {
      auto branch = cast<BranchOpInterface>(predecessor->getTerminator());
      for (auto [number, successor] : llvm::enumerate(predecessor->getSuccessors()))
        if (successor == argument.getOwner())
          pending.push_back(branch.getSuccessorOperands(number)[argument.getArgNumber()]);
    }
  }
}

LogicalResult FunctionTranslator::translate(LLVM::LLVMFuncOp source) {
  for (Block &block : source.getBody())
    for (BlockArgument argument : block.getArguments())
      registers[argument] = addRegisters(argument.getType());
  function.numArguments = 0;
  for (BlockArgument argument : source.getArguments())
    function.numArguments += numWords(argument.getType());
  collectSizes(source);
  // Values are defined in dominating blocks, so that those come first.
  llvm::ReversePostOrderTraversal<Region *> order(&source.getBody());
  for (Block *block : order) {
    blockStarts[block] = function.code.size();
    for (Operation &op : *block)
      if (failed(translate(op)))
        return failure();
  }
  resolveJumps();
  return llvm::success();
}

LogicalResult FunctionTranslator::translate(Operation &op) {
  for (Type type : op.getResultTypes())
    if (numWords(type) == 0 && !isa<LLVM::LLVMVoidType>(type))
      return refuse(op, "a value of a type that has no place in a register");
  if (op.hasTrait<OpTrait::IsTerminator>())
    return translateControl(op);
  if (isa<LLVM::InsertValueOp, LLVM::ExtractValueOp, LLVM::ZeroOp, LLVM::PoisonOp, LLVM::UndefOp>(
          op))
    return translateAggregate(op);
  if (isa<LLVM::AddressOfOp, LLVM::GEPOp, LLVM::CallOp, LLVM::MemcpyOp, LLVM::LoadOp, LLVM::StoreOp,
          LLVM::AllocaOp, gpu::LaunchFuncOp>(op))
    return translateMemory(op);
  return translateArithmetic(op);
}

LogicalResult FunctionTranslator::refuse(Operation &op, const Twine &what) {
  return emitError(op.getLoc()) << "expected functions of a device to compute sizes, allocate and "
                                   "launch kernels, got "
                                << what << " (" << op.getName() << ")";
}

FunctionTranslator::Registers FunctionTranslator::addRegisters(Type type) {
  Registers added(numWords(type));
  for (Register &number : added)
    number = function.numRegisters++;
  return added;
}

Register FunctionTranslator::emit(Opcode opcode, ArrayRef<Register> operands, int64_t immediate) {
  Register result = function.numRegisters++;
  function.code.push_back({opcode, result, {operands.begin(), operands.end()}, immediate, ""});
  return result;
}

void FunctionTranslator::emitAction(Opcode opcode, ArrayRef<Register> operands, int64_t immediate,
                                    std::string text) {
  function.code.push_back(
      {opcode, 0, {operands.begin(), operands.end()}, immediate, std::move(text)});
}
