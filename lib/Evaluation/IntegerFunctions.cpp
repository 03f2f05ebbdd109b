//===- IntegerFunctions.cpp - Arithmetic of integers ----------------------===//
//
// Part of tconv, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Integers are exact, with wrap-around. Those that come from a rounded number may be off by one or
// more, which arithmetic that keeps an order carries on.
//
//===----------------------------------------------------------------------===//

#include "Number.h"

#include "mlir/IR/Operation.h"
#include "llvm/ADT/StringSwitch.h"

#include <cmath>
#include <limits>

using namespace tconv;

namespace {

/// Computes on sign-extended integers of a width; what it gives is wrapped.
using IntegerOp = int64_t (*)(int64_t a, int64_t b, unsigned width);

struct Entry {
  IntegerOp function = nullptr;
  /// Of those that are monotone in each argument: the same on numbers.
  double (*onNumbers)(double, double) = nullptr;
};

uint64_t zeroExtend(int64_t value, unsigned width) {
  auto bits = static_cast<uint64_t>(value);
  return width >= 64 ? bits : bits & ((uint64_t(1) << width) - 1);
}

bool isDefined(int64_t shift, unsigned width) { return zeroExtend(shift, width) < width; }

// Wrap-around is that of uint64_t.
int64_t add(int64_t a, int64_t b, unsigned) {
  return static_cast<int64_t>(uint64_t(a) + uint64_t(b));
}
int64_t subtract(int64_t a, int64_t b, unsigned) {
  return static_cast<int64_t>(uint64_t(a) - uint64_t(b));
}
int64_t multiply(int64_t a, int64_t b, unsigned) {
  return static_cast<int64_t>(uint64_t(a) * uint64_t(b));
}
/// Quotients that have no value are left to be what they are: 0.
int64_t divide(int64_t a, int64_t b, unsigned) {
  return b == 0 || (b == -1 && a == std::numeric_limits<int64_t>::min()) ? 0 : a / b;
}
int64_t remainder(int64_t a, int64_t b, unsigned) { return b == 0 || b == -1 ? 0 : a % b; }
int64_t floorDivide(int64_t a, int64_t b, unsigned width) {
  int64_t quotient = divide(a, b, width);
  return quotient - (b != 0 && quotient * b != a && (a < 0) != (b < 0));
}
int64_t ceilDivide(int64_t a, int64_t b, unsigned width) {
  int64_t quotient = divide(a, b, width);
  return quotient + (b != 0 && quotient * b != a && (a < 0) == (b < 0));
}
int64_t divideUnsigned(int64_t a, int64_t b, unsigned width) {
  return b == 0 ? 0 : static_cast<int64_t>(zeroExtend(a, width) / zeroExtend(b, width));
}
int64_t remainderUnsigned(int64_t a, int64_t b, unsigned width) {
  return b == 0 ? 0 : static_cast<int64_t>(zeroExtend(a, width) % zeroExtend(b, width));
}
int64_t shiftLeft(int64_t a, int64_t b, unsigned width) {
  return isDefined(b, width) ? static_cast<int64_t>(uint64_t(a) << b) : 0;
}
int64_t shiftRight(int64_t a, int64_t b, unsigned width) {
  return isDefined(b, width) ? a >> b : 0;
}
int64_t shiftRightUnsigned(int64_t a, int64_t b, unsigned width) {
  return isDefined(b, width) ? static_cast<int64_t>(zeroExtend(a, width) >> b) : 0;
}
int64_t maximum(int64_t a, int64_t b, unsigned) { return std::max(a, b); }
int64_t minimum(int64_t a, int64_t b, unsigned) { return std::min(a, b); }
int64_t maximumUnsigned(int64_t a, int64_t b, unsigned width) {
  return zeroExtend(a, width) > zeroExtend(b, width) ? a : b;
}
int64_t minimumUnsigned(int64_t a, int64_t b, unsigned width) {
  return zeroExtend(a, width) < zeroExtend(b, width) ? a : b;
}

Entry findEntry(llvm::StringRef name) {
  return llvm::StringSwitch<Entry>(name)
      .Case("arith.addi", {add, [](double a, double b) { return a + b; }})
      .Case("arith.subi", {subtract, [](double a, double b) { return a - b; }})
      .Case("arith.muli", {multiply, [](double a, double b) { return a * b; }})
      .Case("arith.maxsi", {maximum, [](double a, double b) { return std::max(a, b); }})
      .Case("arith.minsi", {minimum, [](double a, double b) { return std::min(a, b); }})
      .Case("arith.maxui", {maximumUnsigned})
      .Case("arith.minui", {minimumUnsigned})
      .Case("arith.divsi", {divide})
      .Case("arith.remsi", {remainder})
      .Case("arith.floordivsi", {floorDivide})
      .Case("arith.ceildivsi", {ceilDivide})
      .Case("arith.divui", {divideUnsigned})
      .Case("arith.remui", {remainderUnsigned})
      .Case("arith.andi", {[](int64_t a, int64_t b, unsigned) { return a & b; }})
      .Case("arith.ori", {[](int64_t a, int64_t b, unsigned) { return a | b; }})
      .Case("arith.xori", {[](int64_t a, int64_t b, unsigned) { return a ^ b; }})
      .Case("arith.shli", {shiftLeft})
      .Case("arith.shrsi", {shiftRight})
      .Case("arith.shrui", {shiftRightUnsigned})
      .Default({});
}

/// The bound of a result whose arguments are not exact.
double boundOf(const Entry &entry, const Number &a, const Number &b, unsigned width) {
  constexpr double unknown = std::numeric_limits<double>::infinity();
  if (!entry.onNumbers)
    return unknown;
  Bounded result = applyMonotone(entry.onNumbers, a.toBounded(), b.toBounded());
  const double limit = std::ldexp(1, static_cast<int>(width) - 1);
  bool wraps = result.low() < -limit || result.high() >= limit;
  return wraps ? unknown : result.bound;
}

} // namespace

NumberFunction tconv::findIntegerFunction(mlir::Operation *op, const NumberType &result) {
  if (result.isFloat())
    return nullptr;
  const unsigned width = result.width;
  if (op->getName().getStringRef() == "math.absi")
    return [width](llvm::ArrayRef<Number> x) {
      return Number::of(
          wrap(x[0].integer < 0 ? subtract(0, x[0].integer, width) : x[0].integer, width),
          x[0].real.bound);
    };
  Entry entry = findEntry(op->getName().getStringRef());
  if (!entry.function)
    return nullptr;
  return [entry, width](llvm::ArrayRef<Number> x) {
    int64_t value = wrap(entry.function(x[0].integer, x[1].integer, width), width);
    bool exact = x[0].isExact() && x[1].isExact();
    return Number::of(value, exact ? 0 : boundOf(entry, x[0], x[1], width));
  };
}
