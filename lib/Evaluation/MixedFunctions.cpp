//===- MixedFunctions.cpp - Casts, comparisons and selects ----------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Ops whose operands and results are of different kinds: comparisons, selections,
// conversions. A comparison of numbers that are nearer to each other than their bounds may
// come out either way in compiled code; its result then has a bound, too, and what is
// selected by it has one that covers both.
//
//===----------------------------------------------------------------------===//

#include "Number.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>
#include <limits>

using namespace tconv;
using mlir::arith::CmpFPredicate;
using mlir::arith::CmpIPredicate;

namespace {

constexpr double unknown = std::numeric_limits<double>::infinity();

/// A truth value, perhaps one that code may see differently.
Number truth(bool value, bool certain) { return Number::of(value, certain ? 0 : 1); }

bool compareOrdered(CmpFPredicate predicate, double a, double b) {
  switch (predicate) {
  case CmpFPredicate::OEQ:
  case CmpFPredicate::UEQ:
    return a == b;
  case CmpFPredicate::ONE:
  case CmpFPredicate::UNE:
    return a != b;
  case CmpFPredicate::OGT:
  case CmpFPredicate::UGT:
    return a > b;
  case CmpFPredicate::OGE:
  case CmpFPredicate::UGE:
    return a >= b;
  case CmpFPredicate::OLT:
  case CmpFPredicate::ULT:
    return a < b;
  case CmpFPredicate::OLE:
  case CmpFPredicate::ULE:
    return a <= b;
  default:
    return predicate == CmpFPredicate::ORD || predicate == CmpFPredicate::AlwaysTrue;
  }
}

bool compareFloats(CmpFPredicate predicate, double a, double b) {
  if (!std::isnan(a) && !std::isnan(b))
    return compareOrdered(predicate, a, b);
  // The unordered predicates are those from UEQ on.
  return predicate >= CmpFPredicate::UEQ;
}

Number compareFloats(CmpFPredicate predicate, const Bounded &a, const Bounded &b) {
  bool apart = a.high() < b.low() || b.high() < a.low();
  bool exact = a.isExact() && b.isExact();
  bool known = std::isfinite(a.bound) && std::isfinite(b.bound);
  return truth(compareFloats(predicate, a.value, b.value), exact || (apart && known));
}

bool compareIntegers(CmpIPredicate predicate, int64_t a, int64_t b, unsigned width) {
  if (predicate == CmpIPredicate::eq || predicate == CmpIPredicate::ne)
    return (a == b) == (predicate == CmpIPredicate::eq);
  const unsigned rest = 64 - width;
  const uint64_t x = uint64_t(a) << rest, y = uint64_t(b) << rest;
  const auto sx = static_cast<int64_t>(x), sy = static_cast<int64_t>(y);
  switch (predicate) {
  case CmpIPredicate::slt:
    return sx < sy;
  case CmpIPredicate::sle:
    return sx <= sy;
  case CmpIPredicate::sgt:
    return sx > sy;
  case CmpIPredicate::sge:
    return sx >= sy;
  case CmpIPredicate::ult:
    return x < y;
  case CmpIPredicate::ule:
    return x <= y;
  case CmpIPredicate::ugt:
    return x > y;
  default:
    return x >= y;
  }
}

/// The chosen one; both, where the condition is not certain.
NumberFunction select(bool isFloat) {
  return [isFloat](llvm::ArrayRef<Number> x) {
    const Number &chosen = x[0].integer ? x[1] : x[2], &other = x[0].integer ? x[2] : x[1];
    if (x[0].isExact())
      return chosen;
    if (isFloat)
      return Number::of(widen(chosen.real, other.real));
    return Number::of(chosen.integer, widen(chosen.toBounded(), other.toBounded()).bound);
  };
}

/// The whole number towards zero; nothing is known of one that the type does not hold.
Number toInteger(const Bounded &x, double lowest, double end) {
  Bounded whole = applyMonotone([](double value) { return std::trunc(value); }, x);
  if (!(whole.low() >= lowest && whole.high() < end))
    return Number::of(int64_t(0), unknown);
  return Number::of(whole.value >= 0x1p63 ? static_cast<int64_t>(static_cast<uint64_t>(whole.value))
                                          : static_cast<int64_t>(whole.value),
                    whole.bound);
}

uint64_t zeroExtend(int64_t value, unsigned width) {
  return width >= 64 ? uint64_t(value) : uint64_t(value) & ((uint64_t(1) << width) - 1);
}

NumberFunction findFloatCast(mlir::Operation *op, const NumberType &from, const NumberType &to) {
  return llvm::TypeSwitch<mlir::Operation *, NumberFunction>(op)
      .Case<mlir::arith::ExtFOp>([](auto) { return [](auto x) { return x[0]; }; })
      .Case<mlir::arith::TruncFOp>(
          [&](auto) { return [to](auto x) { return Number::of(rounded(to.element, x[0].real)); }; })
      .Case<mlir::arith::SIToFPOp>([&](auto) {
        return [to](auto x) { return Number::of(rounded(to.element, x[0].toBounded())); };
      })
      .Case<mlir::arith::UIToFPOp>([&](auto) {
        return [from, to](auto x) {
          Bounded value{static_cast<double>(zeroExtend(x[0].integer, from.width)), x[0].real.bound};
          return Number::of(rounded(to.element, value));
        };
      })
      .Case<mlir::arith::FPToSIOp>([&](auto) {
        const double end = std::ldexp(1, static_cast<int>(to.width) - 1);
        return [end](auto x) { return toInteger(x[0].real, -end, end); };
      })
      .Case<mlir::arith::FPToUIOp>([&](auto) {
        const double end = std::ldexp(1, static_cast<int>(to.width));
        return [end, to](auto x) {
          Number number = toInteger(x[0].real, 0, end);
          return Number::of(wrap(number.integer, to.width), number.real.bound);
        };
      })
      .Default([](mlir::Operation *) { return NumberFunction(); });
}

NumberFunction findIntegerCast(mlir::Operation *op, const NumberType &from, const NumberType &to) {
  return llvm::TypeSwitch<mlir::Operation *, NumberFunction>(op)
      .Case<mlir::arith::ExtUIOp, mlir::arith::IndexCastUIOp>([&](auto) {
        return [from, to](auto x) {
          auto value = static_cast<int64_t>(zeroExtend(x[0].integer, from.width));
          return Number::of(wrap(value, to.width), x[0].isExact() ? 0 : unknown);
        };
      })
      .Case<mlir::arith::ExtSIOp, mlir::arith::IndexCastOp, mlir::arith::TruncIOp>([&](auto) {
        return [from, to](auto x) {
          // What is sign-extended from i1 is 0 or -1.
          int64_t value = from.width == 1 ? -x[0].integer : x[0].integer;
          int64_t result = wrap(value, to.width);
          bool fits = result == value || x[0].isExact();
          return Number::of(result, fits ? x[0].real.bound : unknown);
        };
      })
      .Default([](mlir::Operation *) { return NumberFunction(); });
}

NumberFunction findComparison(mlir::Operation *op, const NumberType &from) {
  if (auto compare = mlir::dyn_cast<mlir::arith::CmpFOp>(op))
    return [predicate = compare.getPredicate()](llvm::ArrayRef<Number> x) {
      return compareFloats(predicate, x[0].real, x[1].real);
    };
  if (auto compare = mlir::dyn_cast<mlir::arith::CmpIOp>(op))
    return [predicate = compare.getPredicate(), width = from.width](llvm::ArrayRef<Number> x) {
      return truth(compareIntegers(predicate, x[0].integer, x[1].integer, width),
                   x[0].isExact() && x[1].isExact());
    };
  return nullptr;
}

} // namespace

NumberFunction tconv::findMixedFunction(mlir::Operation *op, const NumberType &result) {
  if (mlir::isa<mlir::arith::SelectOp>(op))
    return select(result.isFloat());
  if (op->getNumOperands() == 0)
    return nullptr;
  Result<NumberType> from = NumberType::of(op->getOperand(0).getType());
  if (!from)
    return nullptr;
  if (NumberFunction comparison = findComparison(op, *from))
    return comparison;
  if (NumberFunction cast = findFloatCast(op, *from, result))
    return cast;
  return findIntegerCast(op, *from, result);
}
