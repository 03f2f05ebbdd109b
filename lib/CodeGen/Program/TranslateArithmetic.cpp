//===- TranslateArithmetic.cpp - Integer arithmetic as instructions -------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Registers of programs have 64 bits, whatever the type: a number of fewer bits has zeros
// above. Operations that read signs extend their operands first, and those whose results
// may have bits above the type's cut them off.
//
//===----------------------------------------------------------------------===//

#include "FunctionTranslator.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using tconv::FunctionTranslator;
using tconv::Opcode;
using tconv::Register;

namespace {

/// Pointers are as wide as registers.
unsigned widthOf(Value value) {
  Type type = value.getType();
  return type.isIntOrFloat() ? type.getIntOrFloatBitWidth() : 64;
}

/// The opcode for an operation of two integers; nothing if there is none.
std::optional<Opcode> binaryOpcode(Operation &op) {
  return llvm::TypeSwitch<Operation *, std::optional<Opcode>>(&op)
      .Case([](LLVM::AddOp) { return Opcode::Add; })
      .Case([](LLVM::SubOp) { return Opcode::Sub; })
      .Case([](LLVM::MulOp) { return Opcode::Mul; })
      .Case([](LLVM::SDivOp) { return Opcode::DivSigned; })
      .Case([](LLVM::UDivOp) { return Opcode::DivUnsigned; })
      .Case([](LLVM::SRemOp) { return Opcode::RemSigned; })
      .Case([](LLVM::URemOp) { return Opcode::RemUnsigned; })
      .Case([](LLVM::AndOp) { return Opcode::And; })
      .Case([](LLVM::OrOp) { return Opcode::Or; })
      .Case([](LLVM::XOrOp) { return Opcode::Xor; })
      .Case([](LLVM::ShlOp) { return Opcode::ShiftLeft; })
      .Case([](LLVM::LShrOp) { return Opcode::ShiftRight; })
      .Case([](LLVM::AShrOp) { return Opcode::ShiftRightSigned; })
      .Default(std::nullopt);
}

bool readsSigns(Opcode opcode) {
  return opcode == Opcode::DivSigned || opcode == Opcode::RemSigned ||
         opcode == Opcode::ShiftRightSigned;
}

/// Whether bits above those of its operands may be set in a result.
bool leavesWidth(Opcode opcode) {
  return opcode == Opcode::Add || opcode == Opcode::Sub || opcode == Opcode::Mul ||
         opcode == Opcode::ShiftLeft || readsSigns(opcode);
}

struct Comparison {
  Opcode opcode;
  bool isSigned;
  bool swaps;
};

Comparison comparisonOf(LLVM::ICmpPredicate predicate) {
  switch (predicate) {
  case LLVM::ICmpPredicate::eq:
    return {Opcode::Equal, false, false};
  case LLVM::ICmpPredicate::ne:
    return {Opcode::NotEqual, false, false};
  case LLVM::ICmpPredicate::slt:
    return {Opcode::LessSigned, true, false};
  case LLVM::ICmpPredicate::sle:
    return {Opcode::LessEqualSigned, true, false};
  case LLVM::ICmpPredicate::sgt:
    return {Opcode::LessSigned, true, true};
  case LLVM::ICmpPredicate::sge:
    return {Opcode::LessEqualSigned, true, true};
  case LLVM::ICmpPredicate::ult:
    return {Opcode::LessUnsigned, false, false};
  case LLVM::ICmpPredicate::ule:
    return {Opcode::LessEqualUnsigned, false, false};
  case LLVM::ICmpPredicate::ugt:
    return {Opcode::LessUnsigned, false, true};
  case LLVM::ICmpPredicate::uge:
    return {Opcode::LessEqualUnsigned, false, true};
  }
  llvm_unreachable("all predicates are handled");
}

} // namespace

LogicalResult FunctionTranslator::translateArithmetic(Operation &op) {
  if (auto opcode = binaryOpcode(op))
    return translateBinary(op, *opcode);
  return llvm::TypeSwitch<Operation *, LogicalResult>(&op)
      .Case([&](LLVM::ConstantOp op) { return translateConstant(op); })
      .Case([&](LLVM::ICmpOp op) { return translateCompare(op); })
      .Case([&](LLVM::SelectOp op) {
        translateSelect(op);
        return llvm::success();
      })
      .Case([&](LLVM::SMinOp op) { return translateExtremum(*op, Opcode::LessSigned, true); })
      .Case([&](LLVM::SMaxOp op) { return translateExtremum(*op, Opcode::LessSigned, false); })
      .Case([&](LLVM::UMinOp op) { return translateExtremum(*op, Opcode::LessUnsigned, true); })
      .Case([&](LLVM::UMaxOp op) { return translateExtremum(*op, Opcode::LessUnsigned, false); })
      .Case([](LLVM::AssumeOp) { return llvm::success(); })
      .Default([&](Operation *) { return translateCast(op); });
}

LogicalResult FunctionTranslator::translateConstant(LLVM::ConstantOp op) {
  APInt bits;
  if (auto integer = dyn_cast<IntegerAttr>(op.getValue()))
    bits = integer.getValue();
  else if (auto number = dyn_cast<FloatAttr>(op.getValue()))
    bits = number.getValue().bitcastToAPInt();
  else
    return refuse(*op, "a constant that is no number");
  alias(op, {constant(static_cast<int64_t>(bits.getZExtValue()))});
  return llvm::success();
}

Register FunctionTranslator::signExtended(Value value) {
  unsigned width = widthOf(value);
  return width == 64 ? registerOf(value) : emit(Opcode::SignExtend, {registerOf(value)}, width);
}

Register FunctionTranslator::withoutHighBits(Register value, unsigned width) {
  if (width == 64)
    return value;
  return emit(Opcode::And, {value, constant((int64_t(1) << width) - 1)});
}

LogicalResult FunctionTranslator::translateBinary(Operation &op, Opcode opcode) {
  Value result = op.getResult(0), a = op.getOperand(0), b = op.getOperand(1);
  if (numWords(result.getType()) != 1)
    return refuse(op, "arithmetic on a vector");
  // A shift by a number of bits that is negative has no meaning.
  bool isSigned = readsSigns(opcode);
  if (opcode == Opcode::Mul && widthOf(result) == 64 && sizes.contains(result))
    opcode = Opcode::MulSize;
  Register left = isSigned ? signExtended(a) : registerOf(a);
  Register right = isSigned && opcode != Opcode::ShiftRightSigned ? signExtended(b) : registerOf(b);
  Register value = emit(opcode, {left, right});
  alias(result, {leavesWidth(opcode) ? withoutHighBits(value, widthOf(result)) : value});
  return llvm::success();
}

LogicalResult FunctionTranslator::translateCompare(LLVM::ICmpOp op) {
  Comparison comparison = comparisonOf(op.getPredicate());
  Register left = comparison.isSigned ? signExtended(op.getLhs()) : registerOf(op.getLhs());
  Register right = comparison.isSigned ? signExtended(op.getRhs()) : registerOf(op.getRhs());
  if (comparison.swaps)
    std::swap(left, right);
  alias(op, {emit(comparison.opcode, {left, right})});
  return llvm::success();
}

/// The smaller or larger one of two numbers.
LogicalResult FunctionTranslator::translateExtremum(Operation &op, Opcode less, bool takesLess) {
  Value a = op.getOperand(0), b = op.getOperand(1);
  bool isSigned = less == Opcode::LessSigned;
  Register isLess = emit(less, {isSigned ? signExtended(a) : registerOf(a),
                                isSigned ? signExtended(b) : registerOf(b)});
  Register taken = registerOf(takesLess ? a : b), other = registerOf(takesLess ? b : a);
  alias(op.getResult(0), {emit(Opcode::Select, {isLess, taken, other})});
  return llvm::success();
}

void FunctionTranslator::translateSelect(LLVM::SelectOp op) {
  Registers result;
  for (auto [a, b] : llvm::zip(registersOf(op.getTrueValue()), registersOf(op.getFalseValue())))
    result.push_back(emit(Opcode::Select, {registerOf(op.getCondition()), a, b}));
  alias(op, result);
}

LogicalResult FunctionTranslator::translateCast(Operation &op) {
  if (isa<LLVM::PtrToIntOp, LLVM::IntToPtrOp, LLVM::ZExtOp, LLVM::BitcastOp, LLVM::FreezeOp,
          LLVM::AddrSpaceCastOp, UnrealizedConversionCastOp>(op) &&
      op.getNumOperands() == 1) {
    alias(op.getResult(0), registersOf(op.getOperand(0)));
    return llvm::success();
  }
  unsigned width = op.getNumResults() == 1 ? widthOf(op.getResult(0)) : 0;
  if (isa<LLVM::SExtOp>(op)) {
    alias(op.getResult(0), {withoutHighBits(signExtended(op.getOperand(0)), width)});
    return llvm::success();
  }
  if (isa<LLVM::TruncOp>(op)) {
    alias(op.getResult(0), {withoutHighBits(registerOf(op.getOperand(0)), width)});
    return llvm::success();
  }
  return refuse(op, "an operation that has no instruction");
}
