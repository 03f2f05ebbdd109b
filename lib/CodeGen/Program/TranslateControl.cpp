//===- TranslateControl.cpp - Branches as instructions --------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The instructions of a program have no blocks: those of a function follow each other, a jump to
// one is an index that is known when all are translated, and arguments of blocks are moved
// before the jump.
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using tconv::FunctionTranslator;
using tconv::Opcode;
using tconv::Register;

LogicalResult FunctionTranslator::translateControl(Operation &op) {
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](LLVM::BrOp op) {
        jump(op.getDest(), op.getDestOperands());
        return llvm::success();
      })
      .Case([&](LLVM::CondBrOp op) {
        translateBranch(op);
        return llvm::success();
      })
      .Case([&](LLVM::SwitchOp op) {
        translateSwitch(op);
        return llvm::success();
      })
      .Case([&](LLVM::ReturnOp op) {
        emitAction(Opcode::Return, op.getArg() ? registersOf(op.getArg()) : Registers());
        return llvm::success();
      })
      .Default([&](Operation *) { return refuse(op, "another end of a block"); });
}

/// Sets the arguments of a block and goes there. All of them change at once: values that another
/// one of them holds are saved first.
void FunctionTranslator::jump(Block *target, ValueRange arguments) {
  SmallVector<std::pair<Register, Register>> moves;
  for (auto [argument, value] : llvm::zip(target->getArguments(), arguments))
    for (auto [to, from] : llvm::zip(registersOf(argument), registersOf(value)))
      if (to != from)
        moves.push_back({to, from});
  llvm::DenseSet<Register> written;
  for (auto [to, from] : moves)
    written.insert(to);
  for (auto &[to, from] : moves)
    if (written.contains(from))
      from = emit(Opcode::Move, {from});
  for (auto [to, from] : moves)
    function.code.push_back({Opcode::Move, to, {from}, 0, ""});
  jumps.push_back({function.code.size(), target});
  emitAction(Opcode::Jump, {});
}

void FunctionTranslator::translateBranch(LLVM::CondBrOp op) {
  size_t branch = function.code.size();
  emitAction(Opcode::Branch, {registerOf(op.getCondition())});
  jump(op.getTrueDest(), op.getTrueDestOperands());
  function.code[branch].immediate = static_cast<int64_t>(function.code.size());
  jump(op.getFalseDest(), op.getFalseDestOperands());
}

void FunctionTranslator::translateSwitch(LLVM::SwitchOp op) {
  SmallVector<APInt> cases;
  if (auto values = op.getCaseValues())
    llvm::append_range(cases, values->getValues<APInt>());
  for (auto [number, value] : llvm::enumerate(cases)) {
    Register expected = constant(static_cast<int64_t>(value.getZExtValue()));
    Register matches = emit(Opcode::Equal, {registerOf(op.getValue()), expected});
    size_t branch = function.code.size();
    emitAction(Opcode::Branch, {matches});
    jump(op.getCaseDestinations()[number], op.getCaseOperands(number));
    function.code[branch].immediate = static_cast<int64_t>(function.code.size());
  }
  jump(op.getDefaultDestination(), op.getDefaultOperands());
}

void FunctionTranslator::resolveJumps() {
  for (auto [index, block] : jumps)
    function.code[index].immediate = static_cast<int64_t>(blockStarts[block]);
}
